/**
 * Has every selected row of a shard noted and verified.
 *
 * @module
 */
import { HaltError } from "../../base/errors.ts";
import { formatDuration } from "../../base/progress.ts";
import { type DistillationRun, distilParts } from "../../distill/run.ts";
import { reaskParts } from "../../distill/reasked.ts";
import type { SelectionSummary } from "../../distill/selection.ts";
import type { Shard } from "../../distill/shard.ts";
import type { Llm } from "../../llm/request.ts";
import { RequestLog } from "../../llm/request_log.ts";
import { StopRequested } from "../../pipeline/stage.ts";
import { plainFormat } from "../../rwr/prompts.ts";
import { llmTeacher } from "../../teacher/llm_teacher.ts";
import { llmVerifier } from "../../teacher/llm_verifier.ts";
import type { Verifier } from "../../teacher/verifier.ts";
import { stopOnInterrupt } from "../interrupt.ts";
import { type Clients, openClients } from "./clients.ts";
import type { Settings } from "./settings.ts";

/** Most tokens of a note, of located passages and of a verdict. */
export const TOKENS = { note: 500, locate: 1000, verdict: 200 };

/** What is asked, and where it goes. */
export interface Asking {
  /** Who is asked. */
  readonly settings: Settings;
  /** The run's folder, or its shard's. */
  readonly directory: string;
  /** What was selected there. */
  readonly selection: SelectionSummary;
  /** Which parts are to be made. */
  readonly shard: Shard;
  /** Version of the code, for manifests. */
  readonly code: string;
}

/**
 * Makes the shard's parts of the notes table, with a line of progress every five seconds.
 *
 * @throws {StopRequested} where the user stopped it.
 */
export async function ask(asking: Asking): Promise<void> {
  using interrupt = stopOnInterrupt(console.log);
  const { signal } = interrupt;
  const log = await RequestLog.open(`${asking.directory}/requests.arrows`, console.log);
  try {
    const clients = await openClients(asking.settings, asking.directory, log, signal);
    try {
      const run = runOf(asking, clients, signal);
      await distilParts(run);
      if (clients.judge) await reask(asking, run, clients.judge);
    } catch (error) {
      if (error instanceof HaltError && signal.aborted) {
        throw new StopRequested("stopped; the same command goes on from here");
      }
      throw error;
    } finally {
      console.log(clients.spent());
    }
  } finally {
    await log.close();
  }
}

function runOf(asking: Asking, clients: Clients, signal: AbortSignal): DistillationRun {
  const { settings, directory, selection, shard, code } = asking;
  const teacher = llmTeacher(clients.teacher, {
    noteTokens: TOKENS.note,
    locateTokens: TOKENS.locate,
  });
  const verifier = clients.judge ? llmVerifier(clients.judge) : settings.verifier as Verifier;
  return {
    selection: `${directory}/selection`,
    parts: selection.parts,
    notes: `${directory}/notes`,
    distillation: { teacher, verifier, format: plainFormat },
    shard,
    width: clients.answers ? 1 : 2 * settings.control.maxInFlight,
    manifest: {
      config: { teacher: teacher.name, verifier: verifier.rule },
      inputs: { selection: selection.configHash },
      code,
      adapter: null,
      driver: null,
    },
    signal,
    // Rounds of batches go over the same rows again; the batches say how far they are.
    ...(clients.answers ? { answers: clients.answers } : { onRow: progressOf(clients) }),
  };
}

/** Judges a sample of the notes a second time. */
async function reask(
  { directory, selection: { parts }, shard }: Asking,
  { manifest, answers, distillation: { verifier: { rule } } }: DistillationRun,
  judge: Llm,
): Promise<void> {
  const again = llmVerifier(judge, 1);
  await reaskParts({
    ...{ directory, parts, shard, rule, again, manifest },
    ...(answers && { answers }),
  });
}

/** A line every five seconds: rows, share of accepted notes, calls, cost so far, time left. */
function progressOf(clients: Clients): NonNullable<DistillationRun["onRow"]> {
  const start = performance.now();
  let last = start;
  let accepted = 0;
  return ([full], done, total) => {
    accepted += Number(full.set === "D_f");
    const now = performance.now();
    if (now - last < 5000 && done < total) return;
    last = now;
    const share = (100 * accepted / done).toFixed(0);
    const left = formatDuration((now - start) / 1000 / done * (total - done));
    console.log(
      `${done}/${total} rows, ${share}% accepted, ${clients.inFlight()} in flight, ` +
        `${clients.spent()}, ${left} left`,
    );
  };
}
