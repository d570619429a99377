/**
 * Variants of the selective scan.
 *
 * @module
 */
import { anywhere, type Variants } from "../variants.ts";

/**
 * How time is walked: `sequential` from its first step to its last, a lane a channel; `chunked` in
 * sections side by side, for adapters with more lanes than there are channels.
 */
export const scanVariants: Variants<"sequential" | "chunked"> = {
  operation: "selective_scan",
  variants: { sequential: anywhere, chunked: anywhere },
  byDefault: ({ facts }) => facts.kind === "cpu" ? "sequential" : "chunked",
};

/** The shape class by the number of lanes that one section has work for. */
export const classOf = (channels: number): string =>
  channels < FEW_CHANNELS ? "few channels" : "many channels";

const FEW_CHANNELS = 8192;
