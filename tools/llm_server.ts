/**
 * What a server that speaks OpenAI's protocol makes of this kit's questions, chat and completions,
 * with and without a schema for the reply:
 * `deno run -A tools/run.ts run -A tools/llm_server.ts http://localhost:8000/v1 MODEL`.
 *
 * @module
 */
import { openLlm } from "../src/llm/client.ts";
import { Control } from "../src/llm/control.ts";
import { endpointFromEnvironment } from "../src/llm/endpoint.ts";
import { RequestLog } from "../src/llm/request_log.ts";
import { VERIFY_SCHEMA, verifyPrompt } from "../src/teacher/llm_prompts.ts";

const [baseUrl, model] = Deno.args;
const messages = verifyPrompt("When was the mill built?", "The mill was built in 1712.", "1712");
const folder = await Deno.makeTempDir();
const log = await RequestLog.open(`${folder}/requests.arrows`);
for (const api of ["chat", "completions"]) {
  const endpoint = endpointFromEnvironment("teacher", {
    ...Deno.env.toObject(),
    RWR_TEACHER_BASE_URL: baseUrl,
    RWR_TEACHER_MODEL: model,
    RWR_TEACHER_API: api,
  });
  const llm = openLlm({ endpoint, log, control: new Control({ tries: 2 }) });
  for (const schema of [undefined, VERIFY_SCHEMA]) {
    const request = { messages, temperature: 0, maxTokens: 60, ...(schema && { schema }) };
    const what = `${api}${schema ? " with a schema" : ""}`;
    const said = await llm.ask(request).then(
      (reply) =>
        `${reply.finishReason}, ${reply.promptTokens} + ${reply.completionTokens} tokens` +
        `${reply.usageEstimated ? " (estimated)" : ""}: ${JSON.stringify(reply.text.slice(0, 60))}`,
      String,
    );
    console.log(`${what}: ${said}; ${llm.counters.calls} calls`);
  }
}
await log.close();
await Deno.remove(folder, { recursive: true });
