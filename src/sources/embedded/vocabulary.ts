/**
 * The words of the embedded corpus. Ids follow this order, so it may grow only at its end.
 *
 * @module
 */

const words = (text: string): readonly string[] => text.split(" ");

/** Tokens with a meaning to the model; the first is padding. */
export const SPECIAL_TOKENS: readonly string[] = words("<pad> <bos> <q> <a> <r> <eos>");

const NAMES = words("rex tom ann bob eva max leo zoe ian mia sam amy");
const PLACES = words(
  "paris rome tokyo cairo lima oslo delhi berlin madrid dublin boston sydney",
);
const COLOURS = words("red blue green black white pink gray brown yellow purple orange silver");
const FOODS = words("pizza rice soup salad pasta bread curry beans tacos eggs toast noodles");
const JOBS = words("chef pilot nurse lawyer baker farmer doctor actor driver teacher artist coach");

/** What a user has, each with its possible values. */
export const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  dog: NAMES,
  sister: NAMES,
  city: PLACES,
  office: PLACES,
  car: COLOURS,
  house: COLOURS,
  breakfast: FOODS,
  dinner: FOODS,
  job: JOBS,
  dream: JOBS,
};

/** What an assistant is asked to suggest. */
export const SUGGESTED: readonly string[] = words("hotel cafe museum library");

/** What it suggests. */
export const SUGGESTIONS: readonly string[] = words(
  "luna nova apex orchid bella vista aurora cedar",
);

/** What a user has a taste in, and the tastes. */
export const PREFERENCES: Readonly<Record<string, readonly string[]>> = {
  music: words("jazz rock opera blues folk techno disco reggae"),
  movies: words("comedy horror drama western thriller fantasy romance anime"),
  drinks: words("tea coffee cola juice wine beer milk cocoa"),
};

/** What has a price. */
export const ITEMS: readonly string[] = words("lamp chair table vase mirror");

/** Whom a user met. */
export const PEOPLE: readonly string[] = words("carl nina hugo vera otto");

/** Numbers 0 to 16 as words; the index is the number. */
export const NUMBERS: readonly string[] = words(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
    "sixteen",
);

/** Prices and days of meetings: one to eight. */
export const SMALL_NUMBERS: readonly string[] = NUMBERS.slice(1, 9);

/** Dates of sessions. */
export const DAYS: readonly string[] = Array.from({ length: 48 }, (_, i) => `d${i}`);

/** Subjects of small talk. */
export const TOPICS: readonly string[] = words(
  "weather traffic garden news internet phone meeting weekend train bus road summer winter party " +
    "river",
);

/** What small talk says of them. */
export const QUALITIES: readonly string[] = words(
  "nice busy slow great quiet warm cold late early fine long bad",
);

/** The answer where the history does not hold it. */
export const UNKNOWN = "unknown";

/** The note where nothing is relevant. */
export const EMPTY_NOTE = "empty .";

/** Words of sentences and questions that are no slot or value. */
const GRAMMAR = words(
  "user: assistant: day . ? how is the today now i think was yes it so this week hope will get " +
    "soon can you tell me about sure be or thanks that are welcome hello there help very what some " +
    "people find had a sounds story once and by way well oh ok got good to know suggest for try " +
    "my love cost met on much many days between did recommend when plus empty unknown said",
);

/** All words, in the order of their ids: 293. */
export const VOCABULARY: readonly string[] = [
  ...new Set([
    ...SPECIAL_TOKENS,
    ...Object.keys(ATTRIBUTES),
    ...NAMES,
    ...PLACES,
    ...COLOURS,
    ...FOODS,
    ...JOBS,
    ...SUGGESTED,
    ...SUGGESTIONS,
    ...Object.keys(PREFERENCES),
    ...Object.values(PREFERENCES).flat(),
    ...ITEMS,
    ...PEOPLE,
    ...NUMBERS,
    ...DAYS,
    ...TOPICS,
    ...QUALITIES,
    ...GRAMMAR,
  ]),
];
