/**
 * The sign by which a question that waits for a batch leaves whoever asked it.
 *
 * @module
 */

/**
 * The answer comes with a later batch: no failure, so nobody but the run may catch it. The same
 * work is done again when the batch is there.
 */
export class PutOff extends Error {
  /** The class. */
  override readonly name: string = "PutOff";
}
