import type { Speaking } from "../../reports/words/sentences.js";
import type { Paint } from "../terminal.js";
import { PAGE_WORDS, secondLanguage, type PageWords } from "./words.js";

/** How a page is set: language, zone and names; width in columns; colours or none. */
export interface Style {
  readonly speaking: Speaking;
  readonly width: number;
  readonly paint: Paint;
}

/** A heading: the first language, and the second, dimmed, behind it. */
export function heading({ speaking: { language }, paint }: Style, say: (words: PageWords) => string): string {
  return `${paint.bold(say(PAGE_WORDS[language]))} ${paint.dim(`· ${say(PAGE_WORDS[secondLanguage(language)])}`)}`;
}

export function pageWords({ speaking: { language } }: Style): PageWords {
  return PAGE_WORDS[language];
}
