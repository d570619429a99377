/**
 * What a stage of the pipeline is, and what it sees while it runs.
 *
 * @module
 */
import type { Json } from "../base/canonical_json.ts";
import { KitError } from "../base/errors.ts";
import type { OnProgress } from "../base/progress.ts";

/** A table or figure of the paper that a stage makes. */
export interface Product {
  /** Its name, such as `table-1` or `figure-efficiency`. */
  readonly id: string;
  /** Table or figure. */
  readonly kind: "table" | "figure";
  /** The stage's output that holds it. */
  readonly output: string;
}

/**
 * One step from files to files. What it writes may depend on its configuration, its inputs, the
 * code and one seed in the configuration, and on nothing else: no clock, no order of arrival.
 */
export interface Stage {
  /** Lower-case words joined by `-`; also the name of its folder in the run directory. */
  readonly name: string;
  /** Names of the stages whose outputs it reads. */
  readonly inputs: readonly string[];
  /** Other files or folders that it reads, by the name under which manifests mention them. */
  readonly files?: Readonly<Record<string, string | URL>>;
  /** All that its outputs depend on beside its inputs and the code. */
  readonly config: Json;
  /**
   * Raised by whoever changes what the stage writes for the same configuration and inputs. With the
   * kit's version it stands for the code in the stage's key.
   */
  readonly version: number;
  /** Files or folders that it leaves in its folder; `*timing.json` inside a folder is not hashed. */
  readonly outputs: readonly string[];
  /** How long it takes on two quiet cores; used until it was measured on this machine. */
  readonly expectedSeconds: number;
  /**
   * `aside` where another thread may make it while other stages are made; `alone` where nothing may be
   * made beside it, because it measures time. Absent, it is made in the thread of the run.
   */
  readonly place?: "aside" | "alone";
  /** What a reader of the paper looks for among the outputs. */
  readonly products?: readonly Product[];
  /** Does the work; every output must be there when it resolves. */
  run(context: StageContext): Promise<void>;
}

/** What a running stage sees. */
export interface StageContext {
  /** The stage's own folder; unfinished work kept here is there again when the stage goes on. */
  readonly directory: string;
  /** Hashes of everything it reads, by `stage/output` or file name, for manifests. */
  readonly inputHashes: Readonly<Record<string, string>>;
  /** The kit's version and the stage's, for manifests. */
  readonly code: string;
  /**
   * The path of an input.
   *
   * @param name `stage/output` of a declared input stage, or the name of a declared file.
   * @throws {ConfigError} where the stage did not declare it.
   */
  input(name: string): string | URL;
  /**
   * The path of one of its outputs.
   *
   * @throws {ConfigError} where the stage did not declare it.
   */
  output(name: string): string;
  /** Says how far the stage is. */
  readonly progress: OnProgress;
  /**
   * To be called between units of work that are safely on disk.
   *
   * @throws {StopRequested} when the user asked to stop.
   */
  checkStop(): void;
}

/** The user asked to stop, and the unit of work under way is done and kept. */
export class StopRequested extends KitError {
  /** The class's name. */
  override name = "StopRequested";
}
