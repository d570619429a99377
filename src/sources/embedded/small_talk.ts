/**
 * Small talk: a user's turn and the assistant's, about nothing that is asked.
 *
 * @module
 */
import type { Rng } from "../../base/rng.ts";
import type { Turn } from "../items.ts";
import { QUALITIES, TOPICS } from "./vocabulary.ts";

/** `N` is one topic throughout, each `A` a quality of its own. */
const TEMPLATES: readonly (readonly [user: string, assistant: string])[] = [
  ["how is the N today ?", "the N is A now ."],
  ["i think the N was A .", "yes it was A ."],
  ["the N is so A this week .", "i hope it will get A soon ."],
  ["can you tell me about the N ?", "sure the N can be A or A ."],
  ["thanks that is A .", "you are welcome ."],
  ["hello there .", "hello how can i help you ?"],
  ["is the N A or A ?", "it is very A ."],
  ["what about the N ?", "some people find the N A ."],
  ["i had a A day .", "that sounds A ."],
  ["tell me a story .", "once the N was A and the N was A ."],
];

/** One exchange of small talk. */
export function makeFiller(rng: Rng): Turn[] {
  const [user, assistant] = rng.pick(TEMPLATES);
  const topic = rng.pick(TOPICS);
  const fill = (template: string): string =>
    template.replace(/\b[NA]\b/g, (mark) => mark === "N" ? topic : rng.pick(QUALITIES));
  return [{ role: "user", content: fill(user) }, { role: "assistant", content: fill(assistant) }];
}
