import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/base/errors.ts";
import { parsePatterns } from "../../tools/flan_patterns.ts";

Deno.test("templates are read out of a Python literal", () => {
  const python = `
# Made up.
OTHER = {"x": 1}
PATTERNS = {
    "town": [
        # A remark with "quotes" and (brackets).
        ("Read: {text}\\n\\n"
         "{question}", "{answer}"),
        ('Is "{fact}" so?', "{answer}"),
    ],
    "mill": [("\\"{text}\\"", "{title}")],
}
PATTERNS["again"] = PATTERNS["town"]
`;
  assertEquals([...parsePatterns(python)], [
    ["town", [
      { input: "Read: {text}\n\n{question}", target: "{answer}" },
      { input: 'Is "{fact}" so?', target: "{answer}" },
    ]],
    ["mill", [{ input: '"{text}"', target: "{title}" }]],
  ]);
});

Deno.test("a file without templates is refused", () => {
  assertThrows(() => parsePatterns("X = {}"), DataError, "found no PATTERNS");
  assertThrows(() => parsePatterns('PATTERNS = {"a": [f(1)]}'), DataError, "something else");
});
