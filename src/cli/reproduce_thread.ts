/**
 * A thread of `deno task reproduce` that makes stages beside the others.
 *
 * @module
 */
import { serveStages } from "../pipeline/helper_thread.ts";
import { openStages, type Reproduction } from "./reproduce_stages.ts";

serveStages(async (wanted: Reproduction) => (await openStages(wanted, { quiet: true })).stages);
