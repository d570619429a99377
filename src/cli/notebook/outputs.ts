/**
 * What a kernel publishes, as the outputs of a notebook's cells.
 *
 * @module
 */
import type { MimeBundle, Output } from "./format.ts";
import type { KernelMessage } from "./kernel.ts";

type Display = Extract<Output, { output_type: "display_data" }>;

/** Collects the outputs of all cells of one run; a display may be updated by a later cell. */
export class OutputCollector {
  #displays = new Map<string, Display[]>();

  /** Adds what `message` shows to a cell's outputs, or updates an earlier display. */
  add(outputs: Output[], { type, content }: KernelMessage): void {
    switch (type) {
      case "stream":
        addStream(outputs, String(content.name), String(content.text));
        break;
      case "execute_result":
        outputs.push({
          output_type: "execute_result",
          execution_count: content.execution_count as number,
          ...bundle(content),
        });
        break;
      case "display_data":
        this.#display(outputs, content);
        break;
      case "update_display_data":
        for (const display of this.#displays.get(displayId(content) ?? "") ?? []) {
          Object.assign(display, bundle(content));
        }
        break;
      case "clear_output":
        outputs.length = 0;
        break;
      case "error":
        outputs.push({
          output_type: "error",
          ename: String(content.ename),
          evalue: String(content.evalue),
          traceback: content.traceback as string[],
        });
    }
  }

  #display(outputs: Output[], content: KernelMessage["content"]): void {
    const display: Display = { output_type: "display_data", ...bundle(content) };
    outputs.push(display);
    const id = displayId(content);
    if (id) this.#displays.set(id, [...this.#displays.get(id) ?? [], display]);
  }
}

/** Text as notebook files hold it: in lines that keep their line ends. */
export function inLines(outputs: readonly Output[]): Output[] {
  return outputs.map((output) => {
    if (output.output_type === "stream") return { ...output, text: lines(output.text) };
    if (output.output_type === "error") return output;
    const data = Object.entries(output.data).map(([mime, value]) => [
      mime,
      typeof value === "string" && isText(mime) ? lines(value) : value,
    ]);
    return { ...output, data: Object.fromEntries(data) };
  });
}

function addStream(outputs: Output[], name: string, text: string): void {
  const last = outputs.at(-1);
  if (last?.output_type === "stream" && last.name === name) last.text += text;
  else outputs.push({ output_type: "stream", name, text });
}

function bundle(content: KernelMessage["content"]): { data: MimeBundle; metadata: MimeBundle } {
  return {
    data: content.data as MimeBundle,
    metadata: (content.metadata ?? {}) as MimeBundle,
  };
}

function displayId(content: KernelMessage["content"]): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function isText(mime: string): boolean {
  return mime.startsWith("text/") || mime === "image/svg+xml";
}

function lines(text: string | string[]): string[] {
  return typeof text === "string" ? text.match(/[^\n]*\n|[^\n]+/g) ?? [] : text;
}
