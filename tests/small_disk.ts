/** Runs `body` on a file system of 256 kB, or says out loud that none can be mounted here. */
export async function onSmallDisk(
  folder: string,
  body: (disk: string) => Promise<void>,
): Promise<void> {
  const disk = `${folder}/disk`;
  await Deno.mkdir(disk);
  if (!await command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk)) {
    console.warn("SKIPPED: a small file system cannot be mounted here (needs root on Linux)");
    return;
  }
  try {
    await body(disk);
  } finally {
    await command("umount", "-l", disk);
  }
}

async function command(name: string, ...args: string[]): Promise<boolean> {
  try {
    const options = { args, stdin: "null", stdout: "null", stderr: "null" } as const;
    return (await new Deno.Command(name, options).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
