/**
 * How far verifiers agree with each other on the same notes.
 *
 * @module
 */
import { TeacherError } from "../base/errors.ts";
import type { NoteToVerify, Verifier } from "./verifier.ts";

/** Two verifiers beside each other. */
export interface VerifierPair {
  /** Rule and version of the one. */
  readonly a: string;
  /** Rule and version of the other. */
  readonly b: string;
  /** Notes on which both gave a verdict. */
  readonly notes: number;
  /** Notes that both accept. */
  readonly bothAccept: number;
  /** Notes that `a` alone accepts. */
  readonly onlyA: number;
  /** Notes that `b` alone accepts. */
  readonly onlyB: number;
  /** Notes that both reject. */
  readonly bothReject: number;
  /** Share of notes with the same verdict; null where there are none. */
  readonly agreement: number | null;
  /**
   * Cohen's kappa, (p_o − p_e) / (1 − p_e): agreement beyond chance. Null where chance alone
   * agrees on every note (p_e = 1) or there are none.
   */
  readonly kappa: number | null;
}

/**
 * Has every note checked by every verifier, one after the other, and compares them two by two, in
 * the order given. A note on which a verifier fails with a `TeacherError` is left out of its pairs.
 *
 * @throws {HaltError} where nothing more can be asked of a verifying model.
 */
export async function verifierDisagreement(
  notes: readonly NoteToVerify[],
  verifiers: readonly Verifier[],
): Promise<VerifierPair[]> {
  const verdicts: (boolean | undefined)[][] = [];
  for (const verifier of verifiers) {
    const given: (boolean | undefined)[] = [];
    for (const note of notes) given.push(await accepts(verifier, note));
    verdicts.push(given);
  }
  return verifiers.flatMap((a, i) =>
    verifiers.slice(i + 1).map((b, k) => ({
      a: nameOf(a),
      b: nameOf(b),
      ...compareVerdicts(verdicts[i], verdicts[i + 1 + k]),
    }))
  );
}

const nameOf = ({ rule, version }: Verifier): string => `${rule} ${version}`;

async function accepts(verifier: Verifier, note: NoteToVerify): Promise<boolean | undefined> {
  try {
    return (await verifier.verify(note)).accepted;
  } catch (error) {
    if (error instanceof TeacherError) return undefined;
    throw error;
  }
}

/**
 * Compares verdicts on the same notes; a note without both is left out.
 *
 * @param a True where the one accepts, undefined where it gave no verdict.
 * @param b The other's, in the same order.
 */
export function compareVerdicts(
  a: readonly (boolean | undefined)[],
  b: readonly (boolean | undefined)[],
): Omit<VerifierPair, "a" | "b"> {
  const count = (inA: boolean, inB: boolean): number =>
    a.filter((verdict, i) => verdict === inA && b[i] === inB).length;
  const bothAccept = count(true, true);
  const onlyA = count(true, false);
  const onlyB = count(false, true);
  const bothReject = count(false, false);
  const notes = bothAccept + onlyA + onlyB + bothReject;
  const counts = { notes, bothAccept, onlyA, onlyB, bothReject };
  if (notes === 0) return { ...counts, agreement: null, kappa: null };
  const same = bothAccept + bothReject;
  // In whole numbers, so that p_e = 1 is found exactly.
  const chance = (bothAccept + onlyA) * (bothAccept + onlyB) +
    (bothReject + onlyB) * (bothReject + onlyA);
  const beyond = notes * notes - chance;
  return {
    ...counts,
    agreement: same / notes,
    kappa: beyond === 0 ? null : (same * notes - chance) / beyond,
  };
}
