/**
 * Progress in notebooks: one bar that moves, instead of many lines.
 *
 * @module
 */
import { formatDuration, type OnProgress, progressLines } from "../base/progress.ts";
import { escapeHtml } from "../figures/export/html.ts";
import { insideNotebook, makeView, send, type View } from "./view.ts";

/** Milliseconds between two movements of the bar. */
const EVERY_MS = 200;

/**
 * A bar under the running cell, with an estimate of the time left; printed lines outside a notebook.
 *
 * @param label What is under way.
 */
export function notebookProgress(label: string): OnProgress {
  if (!insideNotebook()) return progressLines(label, console.log);
  const transient = { display_id: crypto.randomUUID() };
  const start = performance.now();
  let shown = -Infinity;
  let sent: Promise<void> | undefined;
  return (done, total, note) => {
    const now = performance.now();
    if (now - shown < EVERY_MS && done < total) return;
    shown = now;
    const view = barView(label, done, total, (now - start) / 1000, note);
    // One after the other: an update must not come before the display that it updates.
    sent = sent
      ? sent.then(() => send("update_display_data", view, transient))
      : send("display_data", view, transient);
  };
}

function barView(
  label: string,
  done: number,
  total: number,
  seconds: number,
  note: string | undefined,
): View {
  const time = done < total && done > 0
    ? `${formatDuration(seconds / done * (total - done))} left`
    : formatDuration(seconds);
  const text = `${label}: ${done}/${total}, ${time}${note ? ` (${note})` : ""}`;
  return makeView({
    "text/html": `<progress value="${done}" max="${total}" style="width:16em"></progress> ` +
      escapeHtml(text),
    "text/plain": text,
  });
}
