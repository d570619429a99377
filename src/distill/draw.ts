/**
 * Which candidates of a source are drawn: those whose seeded hash is least, stratum by stratum.
 *
 * @module
 */

/** Candidates seen so far: thirteen bytes each. */
export class Candidates {
  #rows = new Uint32Array(1 << 10);
  #ranks = new Float64Array(1 << 10);
  #strata = new Uint8Array(1 << 10);
  #size = 0;

  /** Adds row number `row`; `rank` is a random number of its own, `stratum` an index. */
  add(row: number, rank: number, stratum: number): void {
    if (this.#size === this.#rows.length) this.#grow();
    this.#rows[this.#size] = row;
    this.#ranks[this.#size] = rank;
    this.#strata[this.#size++] = stratum;
  }

  #grow(): void {
    const [rows, ranks, strata] = [this.#rows, this.#ranks, this.#strata];
    this.#rows = new Uint32Array(2 * rows.length);
    this.#ranks = new Float64Array(2 * rows.length);
    this.#strata = new Uint8Array(2 * rows.length);
    this.#rows.set(rows);
    this.#ranks.set(ranks);
    this.#strata.set(strata);
  }

  /** Candidates of each stratum. */
  counts(strata: number): number[] {
    const counts = new Array<number>(strata).fill(0);
    for (let i = 0; i < this.#size; i++) counts[this.#strata[i]]++;
    return counts;
  }

  /** The rows that are drawn, ascending: `quota[s]` of stratum `s`, least ranks first. */
  draw(quota: readonly number[]): Uint32Array {
    const limits = quota.map((count, stratum) => this.#limit(stratum, count));
    const drawn: number[] = [];
    for (let i = 0; i < this.#size; i++) {
      const limit = limits[this.#strata[i]];
      const rank = this.#ranks[i];
      if (rank < limit.rank || (rank === limit.rank && limit.ties-- > 0)) drawn.push(this.#rows[i]);
    }
    return Uint32Array.from(drawn);
  }

  /** The `count`-th least rank of a stratum, and how many candidates of just that rank are drawn. */
  #limit(stratum: number, count: number): { rank: number; ties: number } {
    if (count === 0) return { rank: -1, ties: 0 };
    const ranks = this.#ranks.slice(0, this.#size)
      .filter((_, i) => this.#strata[i] === stratum).sort();
    const rank = ranks[count - 1];
    return { rank, ties: count - ranks.findIndex((value) => value === rank) };
  }
}

/** `total` in proportion to `counts`, by largest remainders; never more than there are. */
export function quotas(counts: readonly number[], total: number): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (total >= all) return [...counts];
  const exact = counts.map((count) => total * count / all);
  const quota = exact.map(Math.floor);
  const byRemainder = counts.map((_, i) => i)
    .sort((a, b) => (exact[b] - quota[b]) - (exact[a] - quota[a]) || a - b);
  const left = total - quota.reduce((sum, count) => sum + count, 0);
  for (const i of byRemainder.slice(0, left)) quota[i]++;
  return quota;
}
