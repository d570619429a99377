import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { ChatTemplate } from "../../src/llm/chat_template.ts";
import { endpointFromEnvironment } from "../../src/llm/endpoint.ts";
import { type LlmMessage, type LlmRequest, requestKey } from "../../src/llm/request.ts";
import { endpointAt, openDesk, PRICED, question } from "./setup.ts";
import { startServer } from "./server.ts";

// Made up for these tests, each in the style of a family that it is named after.
const CHATML = `{%- for message in messages -%}
<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}
{%- if add_generation_prompt %}<|im_start|>assistant
{% endif %}`;
const LLAMA_3 = `{{- bos_token }}
{%- set day = strftime_now("%d %b %Y") if strftime_now is defined else "none" %}
{%- for m in messages %}
    {{- "<|start_header_id|>" + m["role"] + "<|end_header_id|>\\n\\n" }}
    {%- if loop.first and m["role"] == "system" %}{{- "Day: " + day + "\\n" }}{%- endif %}
    {{- m["content"] | trim + "<|eot_id|>" }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- "<|start_header_id|>assistant<|end_header_id|>\\n\\n" }}
{%- endif %}`;
const MISTRAL = `{{ bos_token }}
{%- for m in messages -%}
{%- if (m.role == "user") != (loop.index0 % 2 == 0) -%}
{{ raise_exception("roles must take turns, user first") }}
{%- endif -%}
{%- if m.role == "user" -%}[INST] {{ m.content }} [/INST]
{%- else -%} {{ m.content }}{{ eos_token }}
{%- endif -%}
{%- endfor -%}`;
/** Leaves out what no user or assistant said, without a word. */
const DEAF = `{% for m in messages %}{% if m.role == "user" %}{{ bos_token + "Q: " + m.content }}
A:{% endif %}{% endfor %}`;

const CHAT: LlmRequest = question("", {
  messages: [{ role: "system", content: "Be brief." }, { role: "user", content: "Who?" }],
});

interface Family {
  readonly name: string;
  readonly file: string;
  readonly content: string;
  readonly prompt: string;
  readonly stop: readonly string[] | undefined;
}

const FAMILIES: readonly Family[] = [
  {
    name: "ChatML",
    file: "tokenizer_config.json",
    content: JSON.stringify({
      chat_template: [{ name: "tool_use", template: "x" }, { name: "default", template: CHATML }],
      bos_token: null,
      eos_token: { content: "<|im_end|>", special: true },
    }),
    prompt: "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWho?<|im_end|>\n" +
      "<|im_start|>assistant\n",
    stop: ["<|im_end|>"],
  },
  {
    name: "Llama 3, whose server puts the beginning of text itself",
    file: "tokenizer_config.json",
    content: JSON.stringify({
      chat_template: LLAMA_3,
      bos_token: "<|bos|>",
      eos_token: "<|eot_id|>",
    }),
    prompt: "<|start_header_id|>system<|end_header_id|>\n\nDay: 26 Jul 2024\nBe brief.<|eot_id|>" +
      "<|start_header_id|>user<|end_header_id|>\n\nWho?<|eot_id|>" +
      "<|start_header_id|>assistant<|end_header_id|>\n\n",
    stop: ["<|eot_id|>"],
  },
  {
    name: "Mistral, which refuses the system, with a beginning of text of its own",
    file: "tokenizer_config.json",
    content: JSON.stringify({
      chat_template: MISTRAL,
      bos_token: "<s>",
      eos_token: "</s>",
      add_bos_token: false,
    }),
    prompt: "<s>[INST] Be brief.\n\nWho? [/INST]",
    stop: ["</s>"],
  },
  {
    name: "one that leaves the system out, as a .jinja file",
    file: "chat.jinja",
    content: DEAF,
    prompt: "Q: Be brief.\n\nWho?\nA:",
    stop: undefined,
  },
];

async function inFile<T>(
  name: string,
  content: string,
  use: (path: string) => T | Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/${name}`, content);
    return await use(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const settings = (path: string): Record<string, string> => ({
  RWR_TEACHER_API: "completions",
  RWR_TEACHER_CHAT_TEMPLATE: path,
});

for (const { name, file, content, prompt, stop } of FAMILIES) {
  Deno.test(`a completion server is sent the template's prompt: ${name}`, () =>
    inFile(file, content, async (path) => {
      await using server = startServer({ latencyMs: 1 });
      await using desk = await openDesk(server.baseUrl, { environment: settings(path) });
      await desk.llm.ask(CHAT);
      const [{ body }] = server.requests;
      assertEquals(body.prompt, prompt);
      assertEquals(body.stop, stop);
      assertEquals(body.messages, undefined);
      const [row] = await desk.rows();
      assertEquals(JSON.parse(row.messages), CHAT.messages);
      assertEquals(JSON.parse(row.sampling).template.length, 64);
    }));
}

Deno.test("another template is another question; without one the key is what it was", async () => {
  // As it was before there were templates.
  const before = "4d447d883a6952df69aeaf71e1fd4a93b61828968b2f374a00c177d715ad2427";
  const plain = requestKey("m", "http://localhost/v1", question("x"));
  assertEquals(plain, before);
  await using server = startServer();
  const path = `${await Deno.makeTempDir()}/requests.arrows`;
  const ask = async (template: string): Promise<number> =>
    await inFile("chat.jinja", template, async (file) => {
      await using desk = await openDesk(server.baseUrl, { path, environment: settings(file) });
      await desk.llm.ask(CHAT);
      return server.stats().calls;
    });
  assertEquals([await ask(CHATML), await ask(CHATML), await ask(DEAF)], [1, 1, 2]);
  const prompts = server.requests.map(({ body }) => body.prompt);
  assertNotEquals(prompts[0], prompts[1]);
  await Deno.remove(path);
});

Deno.test("the most that a request can cost is that of the prompt as it is sent", () =>
  inFile("chat.jinja", "y".repeat(5000) + DEAF, async (path) => {
    await using server = startServer({ permanentShare: 1, permanentKinds: ["cut"] });
    const environment = { ...PRICED, ...settings(path) };
    await using desk = await openDesk(server.baseUrl, { environment, control: { tries: 1 } });
    await desk.llm.ask(CHAT).catch(() => undefined);
    assert(desk.log.costUsd > 5000e-6, `${desk.log.costUsd}`);
  }));

Deno.test("many turns: the system's words stand before the first user's", () => {
  const of = (template: string): ChatTemplate =>
    new ChatTemplate({ template, tokens: { eos_token: "</s>" } }, "a test");
  const turns: LlmMessage[] = [
    { role: "system", content: "S1" },
    { role: "user", content: "U1" },
    { role: "assistant", content: "A1" },
    { role: "system", content: "S2" },
    { role: "user", content: "U2" },
  ];
  assertEquals(of(MISTRAL).prompt(turns), "[INST] S1\n\nS2\n\nU1 [/INST]A1</s>[INST] U2 [/INST]");
  assertEquals(of(MISTRAL).prompt(turns.slice(0, 1)), "[INST] S1 [/INST]");
  const twoUsers = (): unknown => of(MISTRAL).prompt([turns[1], turns[4]]);
  assertThrows(twoUsers, ConfigError, "roles must take turns");
  assertNotEquals(of(MISTRAL).hash, of(DEAF).hash);
  assertNotEquals(of(MISTRAL).hash, new ChatTemplate({ template: MISTRAL }, "a test").hash);
});

const BAD: readonly (readonly [what: string, file: string, content: string, told: string])[] = [
  ["no Jinja", "chat.jinja", "{% for m in messages %}", "expected Jinja"],
  ["a template that refuses all", "chat.jinja", "{{ raise_exception('never') }}", "never"],
  ["a template that says nothing", "chat.jinja", "hello", "without the user's words"],
  ["no template", "tokenizer_config.json", "{}", "no chat_template"],
  ["no JSON", "tokenizer_config.json", "{", "found no JSON"],
  ["other JSON", "tokenizer_config.json", "[1]", "found other JSON"],
  [
    "no default",
    "tokenizer_config.json",
    '{"chat_template": [{"name": "rag", "template": "x"}]}',
    "found a chat_template with rag",
  ],
  ["a number", "tokenizer_config.json", '{"chat_template": 3}', "with nothing"],
];

for (const [what, file, content, told] of BAD) {
  Deno.test(`${what} is told before anything is asked`, () =>
    inFile(file, content, (path) => {
      const read = (): unknown => endpointAt("http://localhost:1/v1", settings(path));
      const error = assertThrows(read, ConfigError, told);
      assert(error.message.includes("RWR_TEACHER_CHAT_TEMPLATE"), error.message);
    }));
}

Deno.test("a template beside tokenizer_config.json is found", () =>
  inFile("tokenizer_config.json", '{"eos_token": "</s>"}', async (path) => {
    await Deno.writeTextFile(path.replace("tokenizer_config.json", "chat_template.jinja"), DEAF);
    const { template } = endpointAt("http://localhost:1/v1", settings(path));
    assertEquals(template?.prompt(CHAT.messages), "Q: Be brief.\n\nWho?\nA:");
    assertEquals(template?.stop, ["</s>"]);
  }));

Deno.test("a template belongs to its model, and to completions alone", () =>
  inFile("chat.jinja", DEAF, (path) => {
    const teacher = {
      RWR_TEACHER_BASE_URL: "http://localhost:1/v1",
      RWR_TEACHER_MODEL: "m",
      ...settings(path),
    };
    const verifier = (more: Record<string, string>) =>
      endpointFromEnvironment("verifier", { ...teacher, ...more }).template;
    assertEquals(verifier({})?.stop, []);
    assertEquals(verifier({ RWR_VERIFIER_MODEL: "judge" }), undefined);
    assertEquals(verifier({ RWR_VERIFIER_API: "chat" }), undefined);
    const chat = { ...teacher, RWR_TEACHER_API: "chat" };
    assertThrows(() => endpointFromEnvironment("teacher", chat), ConfigError, "applies its own");
    const gone = { ...teacher, ...settings(`${path}.jinja`) };
    assertThrows(() => endpointFromEnvironment("teacher", gone), ConfigError, "check the path");
  }));
