/**
 * Progress with an estimate of the time left, for work that takes longer than a breath.
 *
 * @module
 */

/** Where progress lines go: a terminal, a notebook, or nowhere in a test. */
export type ProgressSink = (line: string) => void;

/** Called as work goes on: `done` of `total` units, with a word on what is under way. */
export type OnProgress = (done: number, total: number, note?: string) => void;

/** `3 m 05 s`, `42 s`, `1 h 10 m`. */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} m ${String(s % 60).padStart(2, "0")} s`;
  return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, "0")} m`;
}

/**
 * Makes an {@linkcode OnProgress} that writes at most one line every `everyMs`, and always the last.
 * The estimate counts only units done since the start, so that resumed work is not flattered.
 */
export function progressLines(label: string, sink: ProgressSink, everyMs = 5000): OnProgress {
  const start = performance.now();
  let first: number | undefined;
  let last = -Infinity;
  return (done, total, note) => {
    first ??= done;
    const now = performance.now();
    if (now - last < everyMs && done < total) return;
    last = now;
    const elapsed = (now - start) / 1000;
    const eta = done > first && done < total
      ? `, ${formatDuration(elapsed / (done - first) * (total - done))} left`
      : "";
    sink(`${label}: ${done}/${total}${eta}${note ? ` (${note})` : ""}`);
  };
}
