import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  AssertionError,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";
import { parseArgs as parseArgsFromRoot } from "@std/cli";

// These hold for the standard library and for its stand-in in tools/std alike, at run time and for
// the type checker.

Deno.test("assertions pass what holds and throw on what does not", async () => {
  assert(1);
  assertEquals({ a: [1, 2] }, { a: [1, 2] });
  assertNotEquals([1], [2]);
  assertAlmostEquals(1, 1 + 1e-9, 1e-6);
  assertMatch("abc", /b/);
  assertStringIncludes("abc", "bc");
  assertInstanceOf(assertThrows(() => assertEquals(1, 2)), AssertionError);
  assertThrows(() => assertAlmostEquals(1, NaN, 1e-6), AssertionError);
  const refused: TypeError = await assertRejects(
    () => Promise.reject(new TypeError("no such thing")),
    TypeError,
    "no such",
  );
  assertEquals(refused.message, "no such thing");
});

Deno.test("parseArgs types its flags", () => {
  const args = parseArgs(["--runs=a", "--tag", "x", "--tag", "y", "--write", "one", "2"], {
    string: ["runs", "tag", "seed", "profile"],
    boolean: ["write", "force"],
    collect: ["tag"],
    default: { profile: "tiny" },
  });
  const runs: string | undefined = args.runs;
  const seed: string | undefined = args.seed;
  const profile: string = args.profile;
  const tags: string[] = args.tag;
  const flags: boolean[] = [args.write, args.force];
  assertEquals({ runs, seed, profile, tags, flags, rest: args._ }, {
    runs: "a",
    seed: undefined,
    profile: "tiny",
    tags: ["x", "y"],
    flags: [true, false],
    rest: ["one", 2],
  });
  assertEquals(parseArgsFromRoot([])._, []);
});
