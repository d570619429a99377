import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { describeFailure, redact } from "../../src/cli/failure.ts";
import { StopRequested } from "../../src/pipeline/stage.ts";

Deno.test("the kit's errors print their message, defects their stack, a stop its own code", () => {
  assertEquals(describeFailure("reproduce", new ConfigError("found x"), {}), {
    text: "reproduce: ConfigError: found x",
    exitCode: 1,
  });
  assertEquals(describeFailure("reproduce", new StopRequested("stopped"), {}), {
    text: "reproduce: stopped",
    exitCode: 130,
  });
  const defect = describeFailure("reproduce", new TypeError("x is undefined"), {});
  assertEquals(defect.exitCode, 1);
  assertStringIncludes(defect.text, "failure_test.ts");
  assertStringIncludes(describeFailure("reproduce", "thrown text", {}).text, "thrown text");
});

Deno.test("secrets of the environment are not printed", () => {
  const environment = {
    OPENAI_API_KEY: "sk-abcdef123456",
    OPENAI_API_KEY_LONG: "sk-abcdef123456-more",
    MY_TOKEN: "1",
    HOME: "/home/somebody",
  };
  const text = "401 for key sk-abcdef123456-more and sk-abcdef123456 in /home/somebody, try 1";
  const out = redact(text, environment);
  assertEquals(
    out,
    "401 for key [OPENAI_API_KEY_LONG] and [OPENAI_API_KEY] in /home/somebody, try 1",
  );
  const { text: shown } = describeFailure("x", new Error(text), environment);
  assert(!shown.includes("sk-abcdef"));
});
