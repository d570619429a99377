import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { parseFlags } from "../../src/cli/args.ts";

const KINDS = { profile: "text", set: "list", steps: "integer", list: "switch" } as const;

Deno.test("flags of every kind", () => {
  const args = ["--profile=tiny", "--set", "a.b=1", "--set=c=2", "--steps", "12", "--list"];
  assertEquals(parseFlags(args, KINDS), {
    flags: { profile: "tiny", set: ["a.b=1", "c=2"], steps: 12, list: true },
    positional: [],
  });
  assertEquals(parseFlags([], KINDS), {
    flags: { profile: undefined, set: [], steps: undefined, list: false },
    positional: [],
  });
});

Deno.test("numbers stay text where text is asked for", () => {
  const { flags, positional } = parseFlags(["--profile", "007", "1e3"], KINDS, 1);
  assertEquals(flags.profile, "007");
  assertEquals(positional, ["1e3"]);
});

Deno.test("what is not understood is refused", () => {
  const cases: [string[], string][] = [
    [["--profil=tiny"], "did you mean --profile?"],
    [["--profil", "tiny"], "did you mean --profile?"],
    [["--no-list"], "unknown flag --no-list"],
    [["-x"], "unknown flag -x"],
    [["--profile"], "without a value"],
    [["--profile="], "without a value"],
    [["--set"], "without a value"],
    [["--profile=a", "--profile=b"], "2 times"],
    [["--steps=1.5"], "expected a whole number"],
    [["--steps=-1"], "expected a whole number"],
    [["--steps=ten"], "expected a whole number"],
    [["tiny"], 'found the argument "tiny", expected flags alone'],
    [["--list.x=1"], "unknown flag"],
  ];
  for (const [args, message] of cases) {
    assertThrows(() => parseFlags(args, KINDS), ConfigError, message);
  }
  assertThrows(() => parseFlags(["--any"], {}), ConfigError, "has no flags");
  assertThrows(() => parseFlags(["a", "b"], KINDS, 1), ConfigError, '"b"');
});
