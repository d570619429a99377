// A process of its own for tests that kill it: toy_run.ts DIRECTORY DELAY_MS
import { stopOnInterrupt } from "../../src/cli/interrupt.ts";
import { runStages } from "../../src/pipeline/runner.ts";
import { StopRequested } from "../../src/pipeline/stage.ts";
import { toyStages } from "./toy.ts";

const [directory, delayMs] = Deno.args;
using interrupt = stopOnInterrupt((line) => console.log(line));
try {
  await runStages(toyStages({ delayMs: Number(delayMs) }), {
    directory,
    kitVersion: "1",
    sink: (line) => console.log(line),
    signal: interrupt.signal,
  });
} catch (error) {
  if (!(error instanceof StopRequested)) throw error;
  console.log(error.message);
  Deno.exitCode = 130;
}
