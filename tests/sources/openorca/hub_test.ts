import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConfigError, DataError } from "../../../src/base/errors.ts";
import { readOpenOrca } from "../../../src/sources/mod.ts";
import { madeRow, parquetBytes } from "./made_rows.ts";

const ROWS = Array.from({ length: 900 }, (_, i) => madeRow(i));
const SHA = "0123456789abcdef";

interface Hub {
  readonly ranges: string[];
  /** What is answered instead, once for each entry. */
  readonly instead: (() => Response)[];
}

/** A hub with one dataset of two Parquet files, which answers ranges as the real one does. */
async function withHub(body: (hub: Hub) => Promise<void>): Promise<void> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {
    "b/2.parquet": parquetBytes(ROWS.slice(600)),
    "a/1.parquet": parquetBytes(ROWS.slice(0, 600)),
  };
  const hub: Hub = { ranges: [], instead: [] };
  const answer = (request: Request): Response => {
    const instead = hub.instead.shift();
    if (instead) return instead();
    const { pathname } = new URL(request.url);
    if (pathname === "/api/datasets/me/orca/revision/main") return Response.json({ sha: SHA });
    if (pathname === `/api/datasets/me/orca/tree/${SHA}`) {
      const listed = Object.entries(files).map(([path, { length }]) => ({ path, size: length }));
      return Response.json([...listed, { path: "README.md", size: 3 }]);
    }
    const bytes = files[pathname.replace(`/datasets/me/orca/resolve/${SHA}/`, "")];
    const range = request.headers.get("range");
    if (!bytes || !range) return new Response("no", { status: 404 });
    hub.ranges.push(range);
    const [, from, to] = /^bytes=(\d+)-(\d+)?$/.exec(range) ?? [];
    const last = Math.min(bytes.length - 1, Number(to ?? bytes.length - 1));
    return new Response(bytes.slice(Number(from), last + 1), {
      status: 206,
      headers: { "content-range": `bytes ${from}-${last}/${bytes.length}` },
    });
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  const before = Deno.env.get("HF_ENDPOINT");
  Deno.env.set("HF_ENDPOINT", `http://127.0.0.1:${server.addr.port}/`);
  try {
    await body(hub);
  } finally {
    if (before === undefined) Deno.env.delete("HF_ENDPOINT");
    else Deno.env.set("HF_ENDPOINT", before);
    await server.shutdown();
  }
}

Deno.test("a dataset of the hub is read by ranges, its files in order of name", async () => {
  await withHub(async (hub) => {
    assertEquals(await Array.fromAsync(readOpenOrca("hub:me/orca")), ROWS);
    assert(hub.ranges.length >= 4);
    const one = await Array.fromAsync(readOpenOrca("hub:me/orca/b/2.parquet"));
    assertEquals(one, ROWS.slice(600));
  });
});

Deno.test("a hub that fails for the moment is asked again", async () => {
  await withHub(async (hub) => {
    hub.instead.push(() => new Response("busy", { status: 503 }));
    assertEquals(await Array.fromAsync(readOpenOrca("hub:me/orca")), ROWS);
  });
});

Deno.test("what the hub lacks and what is no range is an error that says so", async () => {
  await withHub(async (hub) => {
    const read = (source: string) => () => Array.fromAsync(readOpenOrca(source));
    await assertRejects(read("hub:me/other"), DataError, "status 404");
    await assertRejects(read("hub:me/orca/none.parquet"), DataError, "expected none.parquet");
    await assertRejects(read("hub:orca"), ConfigError, "expected hub:owner/dataset");
    const listing = Response.json([{ path: "c.parquet", size: 500 }]);
    hub.instead.push(
      () => Response.json({ sha: SHA }),
      () => listing,
      () => new Response("the whole file", { status: 200 }),
    );
    await assertRejects(read("hub:me/orca"), DataError, "expected 206");
  });
});
