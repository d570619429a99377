import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { ApiKey, endpointFromEnvironment, type Environment } from "../../src/llm/endpoint.ts";

const TEACHER = {
  RWR_TEACHER_BASE_URL: "http://localhost:8000/v1/",
  RWR_TEACHER_MODEL: "llama",
  RWR_TEACHER_API_KEY: "teachers-key",
  RWR_TEACHER_PRICE_INPUT: "0.5",
  RWR_TEACHER_PRICE_OUTPUT: "1.5",
};

Deno.test("an endpoint is what the environment says", () => {
  const endpoint = endpointFromEnvironment("teacher", TEACHER);
  assertEquals(endpoint.baseUrl, "http://localhost:8000/v1");
  assertEquals([endpoint.model, endpoint.api], ["llama", "chat"]);
  assertEquals(endpoint.prices, { input: 0.5, output: 1.5 });
  assertEquals(endpoint.key?.reveal(), "teachers-key");
  const bare = { ...TEACHER, RWR_TEACHER_API_KEY: " ", RWR_TEACHER_API: "completions" };
  assertEquals(endpointFromEnvironment("teacher", bare).key, null);
  assertEquals(endpointFromEnvironment("teacher", bare).api, "completions");
  const fallback = { ...bare, OPENAI_API_KEY: "general-key" };
  assertEquals(endpointFromEnvironment("teacher", fallback).key?.reveal(), "general-key");
});

Deno.test("a verifier falls back to the teacher, but its key stays with its server", () => {
  const same = endpointFromEnvironment("verifier", TEACHER);
  assertEquals([same.role, same.model, same.key?.reveal()], ["verifier", "llama", "teachers-key"]);
  assertEquals(same.prices, { input: 0.5, output: 1.5 });
  const model = endpointFromEnvironment("verifier", { ...TEACHER, RWR_VERIFIER_MODEL: "judge" });
  assertEquals([model.key?.reveal(), model.prices], ["teachers-key", null]);
  const elsewhere = { ...TEACHER, RWR_VERIFIER_BASE_URL: "https://example.org/v1" };
  const other = endpointFromEnvironment("verifier", elsewhere);
  assertEquals([other.model, other.key, other.prices], ["llama", null, null]);
});

const WRONG: readonly (readonly [string, Environment])[] = [
  ["RWR_TEACHER_BASE_URL", { RWR_TEACHER_BASE_URL: undefined }],
  ["RWR_TEACHER_BASE_URL", { RWR_TEACHER_BASE_URL: "localhost:8000" }],
  ["RWR_TEACHER_BASE_URL", { RWR_TEACHER_BASE_URL: "http://me:hidden-word@localhost/v1" }],
  ["RWR_TEACHER_BASE_URL", { RWR_TEACHER_BASE_URL: "http://localhost/v1?key=hidden-word" }],
  ["RWR_TEACHER_MODEL", { RWR_TEACHER_MODEL: "" }],
  ["RWR_TEACHER_API", { RWR_TEACHER_API: "soap" }],
  ["RWR_TEACHER_API_KEY", { RWR_TEACHER_API_KEY: "two hidden-word" }],
  ["RWR_TEACHER_PRICE_OUTPUT", { RWR_TEACHER_PRICE_OUTPUT: undefined }],
  ["RWR_TEACHER_PRICE_INPUT", { RWR_TEACHER_PRICE_INPUT: "-1" }],
  ["RWR_TEACHER_PRICE_INPUT", { RWR_TEACHER_PRICE_INPUT: "cheap" }],
];

for (const [name, change] of WRONG) {
  Deno.test(`${name}=${Object.values(change)[0] ?? ""} is refused by name`, () => {
    const read = (): unknown => endpointFromEnvironment("teacher", { ...TEACHER, ...change });
    const error = assertThrows(read, ConfigError, name);
    assert(!error.message.includes("hidden-word"), error.message);
  });
}

Deno.test("a key shows itself to nobody", () => {
  const key = new ApiKey("sk-canary-12345", "RWR_TEACHER_API_KEY");
  const shown = [`${key}`, JSON.stringify({ key }), Deno.inspect({ key }, { showHidden: true })];
  for (const text of shown) assert(text.includes("[key]") && !text.includes("canary"), text);
  assertEquals(key.redact("wrong key sk-canary-12345"), "wrong key [key]");
});
