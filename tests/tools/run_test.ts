import { assertEquals, assertStringIncludes } from "@std/assert";
import { pathOf } from "../repository.ts";

/** Runs a program through tools/run.ts as the tasks do. */
async function through(
  program: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, program);
    const { code, stdout, stderr } = await start(file, args).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    return { code, out: text(stdout), err: text(stderr) };
  } finally {
    await Deno.remove(file);
  }
}

function start(file: string, args: string[] = []): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tools/run.ts", "run", "-A", file, ...args],
    cwd: pathOf(""),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

Deno.test("arguments and the exit code pass through", async () => {
  const { code, out } = await through(
    "console.log(JSON.stringify(Deno.args)); Deno.exit(7);",
    "--flag=a b",
    "$(c)",
  );
  assertEquals({ code, out }, { code: 7, out: '["--flag=a b","$(c)"]' });
});

Deno.test("bare imports resolve, the standard library's and the kit's others", async () => {
  const { code, out, err } = await through(`
    import { assertEquals } from "@std/assert";
    import { parseArgs } from "@std/cli/parse-args";
    import { Tokenizer } from "@huggingface/tokenizers";
    console.log(typeof assertEquals, typeof parseArgs, typeof Tokenizer);`);
  assertEquals(code, 0, err);
  assertEquals(out, "function function function");
});

Deno.test({
  name: "on Linux the backend is Vulkan unless the caller chose one",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { out } = await through('console.log(Deno.env.get("DENO_WEBGPU_BACKEND"));');
    assertEquals(out, Deno.env.get("DENO_WEBGPU_BACKEND") ?? "vulkan");
  },
});

Deno.test({
  name: "a signal reaches the program, whose exit code is kept",
  ignore: Deno.build.os === "windows",
  async fn() {
    const file = await Deno.makeTempFile({ suffix: ".ts" });
    await Deno.writeTextFile(
      file,
      `Deno.addSignalListener("SIGTERM", () => Deno.exit(42));
       setInterval(() => undefined, 1000);
       console.log("ready");`,
    );
    const child = start(file).spawn();
    const reader = child.stdout.getReader();
    assertStringIncludes(new TextDecoder().decode((await reader.read()).value), "ready");
    child.kill("SIGTERM");
    assertEquals((await child.status).code, 42);
    await reader.cancel();
    await child.stderr.cancel();
    await Deno.remove(file);
  },
});
