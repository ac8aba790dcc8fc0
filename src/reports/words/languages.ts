import { en } from "./en.js";
import { it } from "./it.js";
import type { Words } from "./words.js";

/** Languages in which the reports speak, Italian first: it is what the people of the province read. */
export const LANGUAGES = ["it", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export const WORDS: Readonly<Record<Language, Words>> = { it, en };
