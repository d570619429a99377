/**
 * What a notebook shows: a value in several formats, of which a front end takes the richest it
 * knows.
 *
 * @module
 */

/** A value by media type: text as text, images as base64, JSON as an object. */
export type MediaBundle = Readonly<Record<string, string | object>>;

/** The method by which the Deno kernel asks a value for its media. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** Something to show: give it to {@linkcode display}, or leave it as a cell's last expression. */
export interface View {
  /** Its media; `text/plain` is always among them. */
  readonly media: MediaBundle;
  /** What a front end should know of them, by media type: the size of an image. */
  readonly metadata: Readonly<Record<string, object>>;
  /** What the kernel calls. */
  [JUPYTER_DISPLAY](): MediaBundle;
}

/** The part of the kernel's own interface that is called here. */
interface Kernel {
  broadcast(
    message: "display_data" | "update_display_data",
    content: Readonly<Record<string, unknown>>,
  ): Promise<void>;
}

/** A view of these media. */
export function makeView(
  media: MediaBundle & { readonly "text/plain": string },
  metadata: Readonly<Record<string, object>> = {},
): View {
  return { media, metadata, [JUPYTER_DISPLAY]: () => media };
}

/**
 * Shows a view under the running cell; outside a notebook it prints the view's text. Unlike a cell's
 * last expression, what is shown this way always arrives before the cell counts as finished.
 */
export async function display(view: View): Promise<void> {
  if (insideNotebook()) await send("display_data", view, {});
  else console.log(view.media["text/plain"]);
}

/** Whether a Deno notebook kernel runs this. */
export function insideNotebook(): boolean {
  return kernel() !== undefined;
}

/**
 * Sends a view to the notebook.
 *
 * @param transient Names the display, so that a later message can replace it.
 */
export async function send(
  message: "display_data" | "update_display_data",
  { media, metadata }: View,
  transient: Readonly<Record<string, string>>,
): Promise<void> {
  await kernel()?.broadcast(message, { data: media, metadata, transient });
}

function kernel(): Kernel | undefined {
  try {
    return (Deno as { readonly jupyter?: Kernel }).jupyter;
  } catch {
    // Outside of a kernel the property throws when it is read.
    return undefined;
  }
}
