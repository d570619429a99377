/**
 * Layouts with few words of their own also fit prompts of other layouts. What they took is looked
 * at for words of such a layout, because a prompt that is refused costs less than one that is cut
 * wrongly.
 *
 * @module
 */
import { touchesList } from "./options.ts";
import type { OpenOrcaTemplate } from "./templates/mod.ts";

/** A line before the text that says what to do with it, or asks. */
const LEADING_LINE = new RegExp(
  "^(?:(?:please |now,? )?(?:read|answer|choose|select|given|determine|use|make use|pick|write|" +
    "complete|find|consider|see|solve|give|think|fill|explain|continue|predict|decide|identify|" +
    "output|generate|reply|test|say)\\b[^\\n]*|here (?:is|are)\\b[^\\n]*|" +
    "(?:what|which|is|are|does|do|can|how|who)\\b[^\\n]*\\?)(?:\\n|$)",
  "i",
);
/** A text that is named or quoted by the words before it. */
const LEADING_WORDS = new RegExp(
  "^(?:here (?:is|are)\\b|(?:premise|hypothesis|claim|sentence(?: [12ab])?|question(?: \\d)?|" +
    "problem|options?|goal|objective|story|title|subject|context|paragraph)\\s*:|" +
    '(?:if|is|does|can we|based on|suppose|given|let\'s say|do|are)\\b[^"\\n]{0,80}"|' +
    "choose your|answer the following|this is a question)",
  "i",
);
/** A second text, or a question that is part of what was taken for the context. */
const INNER_LABEL =
  /^[^\S\n]*(?:sentence (?:2|b)|hypothesis|here is a hypothesis|question(?: \d)?|q|response|options?|passage \d)\s*:/im;
/** Where the words before a question still stand at the end of what was taken for the context. */
const TRAILING_WORDS =
  /:$|(?:^|\n)[^\n]*\b(?:answer (?:this|the following|these) questions?|is the following statement|based on the (?:text|passage|paragraph)|is a true sentence\.)[^\n]*$/i;
/** Asks about sentences or options, not about a text. */
const ABOUT_FORM =
  /\b(?:sentences?|hypothesis|premise|statement|options?|candidates?|paraphrases?|correct answer|same (?:meaning|thing|entity)|following choices|next turn|happen(?:s|ed)? next|which language|th(?:is|ese)(?: two)? questions?|plausible|following (?:methods|solutions))\b/i;
/** The end of a sentence inside of a question, initials and titles apart. */
const SENTENCE_END = /(?<!\b(?:\p{Lu}|[MD]rs?|Ms|St|vs|No|U\.S))[.!?]["”')]*,?\s+\S/u;

/** Whether what a layout took holds words of another. */
export function looksLikeAnother(
  template: OpenOrcaTemplate,
  context: string,
  query: string,
): boolean {
  if (touchesList(context)) return true;
  if (!template.layout.startsWith("{context}")) return false;
  const leading = LEADING_LINE.test(context) || LEADING_WORDS.test(context);
  if (!template.bare) return leading;
  const quotes = query.match(/["“”]/g)?.length ?? 0;
  return leading || INNER_LABEL.test(context) || TRAILING_WORDS.test(context) ||
    !/^["“‘'(]?[\p{L}\d@$]/u.test(query) || /^\d+[.)]\s/.test(query) || quotes % 2 === 1 ||
    (!template.lines && SENTENCE_END.test(query)) || ABOUT_FORM.test(query);
}
