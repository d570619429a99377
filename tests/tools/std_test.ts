import { assertEquals, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../src/base/hash.ts";
import { pathOf } from "../repository.ts";

const SOURCE = "export const origin: string = 'registry';\n";

/** A registry of JSR's protocol that has one version of each package asked for. */
function fakeRegistry(): Deno.HttpServer<Deno.NetAddr> {
  const manifest = {
    "/mod.ts": { size: SOURCE.length, checksum: `sha256-${sha256(SOURCE)}` },
  };
  const exports = { ".": "./mod.ts", "./parse-args": "./mod.ts" };
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/meta.json")) {
      return Response.json({ scope: "std", name: "x", versions: { "1.9.0": {} } });
    }
    if (pathname.endsWith("_meta.json")) return Response.json({ manifest, exports });
    return new Response(SOURCE);
  });
}

/** Runs a copy of tools/std.ts, whose verdict and cache are its own, against a registry. */
class Copy implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Copy> {
    const folder = await Deno.makeTempDir();
    await Deno.mkdir(`${folder}/tools`);
    for (const file of ["deno.json", "tools/std.ts"]) {
      await Deno.copyFile(pathOf(file), `${folder}/${file}`);
    }
    return new Copy(folder);
  }

  async flags(registry: string): Promise<string> {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-lock", "tools/std.ts"],
      cwd: this.folder,
      env: { JSR_URL: registry, DENO_DIR: `${this.folder}/cache` },
    }).output();
    return new TextDecoder().decode(stdout);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

const FLAG = "--import-map=.deno/import_map.json\n";

Deno.test("where JSR answers no flag is printed, nor later from its cache", async () => {
  await using copy = await Copy.make();
  const server = fakeRegistry();
  const registry = `http://127.0.0.1:${server.addr.port}/`;
  assertEquals(await copy.flags(registry), "");
  await server.shutdown();
  assertEquals(await copy.flags(registry), "");
});

Deno.test("where JSR does not answer the map takes its place, for a day", async () => {
  await using copy = await Copy.make();
  const server = fakeRegistry();
  const registry = `http://127.0.0.1:${server.addr.port}/`;
  assertEquals(await copy.flags("http://127.0.0.1:9/"), FLAG);
  const map = JSON.parse(await Deno.readTextFile(`${copy.folder}/.deno/import_map.json`)).imports;
  const { imports } = JSON.parse(await Deno.readTextFile(pathOf("deno.json")));
  assertStringIncludes(map["@std/assert"], "/tools/std/assert.ts");
  assertStringIncludes(map["@std/cli/parse-args"], "/tools/std/cli.ts");
  assertEquals(map["openai"], imports["openai"]);
  assertStringIncludes(map["@rwr/kit"], "/mod.ts");

  assertEquals(await copy.flags(registry), FLAG, "the verdict of the same day stands");
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await Deno.utime(`${copy.folder}/.deno/jsr_unreachable`, yesterday, yesterday);
  assertEquals(await copy.flags(registry), "", "a day later it is asked again");
  await server.shutdown();
});
