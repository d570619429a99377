/**
 * The files of this repository, for tests that hold for all of them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** Folders that are made, not kept; .gitignore lists them too. */
const MADE = [".git", ".deno", "node_modules", "coverage", "runs"];

/** The path of a file given relative to the repository's root. */
export function pathOf(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url));
}

/** Paths of all kept files from the repository's root, sorted. */
export function listFiles(folder = ""): string[] {
  const files: string[] = [];
  for (const entry of Deno.readDirSync(pathOf(folder))) {
    const path = folder + entry.name;
    if (entry.isDirectory && !MADE.includes(entry.name)) files.push(...listFiles(`${path}/`));
    if (entry.isFile && !entry.name.endsWith(".part")) files.push(path);
  }
  return files.sort();
}
