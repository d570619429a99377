/**
 * A lane's channels. It has one, or a vector of them, `lanes` apart: what is loaded of B and C then serves
 * as many channels.
 *
 * @module
 */
import { COMPONENTS, repeat } from "../wgsl.ts";
import type { ScanConstants } from "./constants.ts";

type Channels = Pick<ScanConstants, "channels" | "lanes">;

/** WGSL type of a value that every channel of a lane has of its own. */
export const valueType = ({ channels }: Pick<ScanConstants, "channels">): string =>
  channels === 1 ? "f32" : `vec${channels}f`;

/** The same number for every channel. */
export const splat = (c: Channels, number: string): string =>
  c.channels === 1 ? number : `${valueType(c)}(${number})`;

/** Zero for every channel. */
export const zero = (c: Channels): string => c.channels === 1 ? "0.0" : `${valueType(c)}()`;

/** A named value of the lane's i-th channel. */
export const ofChannel = (c: Channels, name: string, i: number): string =>
  c.channels === 1 ? name : `${name}.${COMPONENTS[i]}`;

/** WGSL of the lane's i-th channel. */
const channelAt = (c: Channels, i: number): string => i === 0 ? "d" : `(d + ${i * c.lanes}u)`;

/** Joins the numbers of all channels into a value; `piece` gives that of channel `d`, the i-th. */
export function gathered(c: Channels, piece: (d: string, i: number) => string): string {
  const numbers = Array.from({ length: c.channels }, (_, i) => piece(channelAt(c, i), i));
  return c.channels === 1 ? numbers[0] : `${valueType(c)}(${numbers.join(", ")})`;
}

/** One piece of text for every channel. */
export const eachChannel = (c: Channels, piece: (d: string, i: number) => string): string =>
  repeat(c.channels, (i) => piece(channelAt(c, i), i));
