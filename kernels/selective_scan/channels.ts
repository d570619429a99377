/**
 * Text for each of a lane's channels.
 *
 * @module
 */

const DECLARED = /\b(?:let|var) (\w+)/g;

/**
 * Writes text once for every channel of a lane. A name that such a text declares is each channel's own:
 * here and in later texts it ends in the channel's number, but for the first channel's.
 */
export class Channels {
  readonly #own = new Set<string>();

  /** @param count Channels of a lane. */
  constructor(readonly count: number) {}

  /** The text for every channel; given as a function, it gets the channel's number. */
  each(text: string | ((channel: number) => string)): string {
    const texts = Array.from(
      { length: this.count },
      (_, i) => typeof text === "string" ? text : text(i),
    );
    for (const [, name] of texts[0].matchAll(DECLARED)) this.#own.add(name);
    return texts.map((each, i) => this.#rename(each, i)).join("\n");
  }

  /** The sum of a value over the channels. */
  sum(name: string): string {
    const names = Array.from({ length: this.count }, (_, i) => this.#rename(name, i));
    return names.join(" + ");
  }

  #rename(text: string, channel: number): string {
    if (!channel) return text;
    return text.replace(
      /\b[A-Za-z]\w*/g,
      (name) => this.#own.has(name) ? `${name}_${channel}` : name,
    );
  }
}
