// A source whose answers can be found, and a server that teaches it, for tests of whole runs.
import {
  type ServedRequest,
  type ServerOptions,
  startServer,
  type TestServer,
} from "../llm/server.ts";

/** Looks like no word, so that it is found wherever it leaks. */
export const CANARY = "sk-canary-7f3a91d2c4";

const PLACES = ["harbour", "library", "orchard", "mill", "tower", "bridge", "market", "chapel"];

const contextOf = (i: number): string => {
  const lines = Array.from({ length: 8 }, (_, k) => {
    const place = PLACES[(i + k) % PLACES.length];
    return `The ${place} of town ${i} was built in ${
      1200 + (i * 37 + k * 101) % 800
    } by its people.`;
  });
  return lines.join(" ");
};

/** OpenOrca rows, SQuAD's layout; row `i` asks for one year of eight. */
export async function writeSource(path: string, rows: number): Promise<void> {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [place, k] = [PLACES[(i + i % 8) % PLACES.length], i % 8];
    return JSON.stringify({
      id: `${["flan", "t0"][i % 2]}.${i}`,
      system_prompt: "",
      question: `Article: ${contextOf(i)}\n\nQuestion: When was the ${place} of town ${i} built?`,
      response: String(1200 + (i * 37 + k * 101) % 800),
    });
  });
  await Deno.writeTextFile(path, lines.join("\n") + "\n");
}

/** Teaches and verifies by what it is shown; one note in nine is wrong. */
export function taught({ messages }: ServedRequest): string {
  const [asked, shown] = messages.map(({ content }) => content);
  const wanted = /When was the (\w+) of town (\d+) built/.exec(shown);
  const sentence = wanted &&
    new RegExp(`The ${wanted[1]} of town ${wanted[2]} was built in \\d+ by its people\\.`).exec(
      shown,
    );
  if (asked.startsWith("You take notes")) {
    if (!sentence) return ["empty", "Empty.", "**Note:** empty"][Number(wanted?.[2]) % 3];
    return Number(wanted![2]) % 9 === 4 ? "The town is old." : sentence[0];
  }
  if (asked.startsWith("You find evidence")) {
    return JSON.stringify({ passages: sentence ? [sentence[0]] : [] });
  }
  const answer = /Answer: (\d+)/.exec(shown)?.[1];
  const note = /Note: (.*)/.exec(shown)?.[1] ?? "";
  const agrees = answer !== undefined && note.includes(answer);
  return "```json\n" + JSON.stringify({ agrees, reason: agrees ? "it says so" : "not there" }) +
    "\n```";
}

/** A server that teaches, behind the canary as its key. */
export const startTeacher = (options: ServerOptions = {}): TestServer =>
  startServer({ reply: taught, key: CANARY, stallMs: 1000, ...options });

/** What a command needs to find a teacher. */
export const environmentOf = ({ baseUrl }: TestServer): Record<string, string> => ({
  RWR_TEACHER_BASE_URL: baseUrl,
  RWR_TEACHER_MODEL: "test-model",
  RWR_TEACHER_API_KEY: CANARY,
  RWR_TEACHER_PRICE_INPUT: "1",
  RWR_TEACHER_PRICE_OUTPUT: "2",
});

/** Files of a folder by path, but for what a clock decides: the log, the batches, the lock. */
export async function filesOf(folder: string, prefix = ""): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${prefix}`)) {
    const path = prefix + name;
    if (/^shard-|^requests.*arrows$|^lock$/.test(name)) continue;
    if (isDirectory) {
      for (const [inner, bytes] of await filesOf(folder, `${path}/`)) files.set(inner, bytes);
    } else files.set(path, await Deno.readFile(`${folder}/${path}`));
  }
  return files;
}
