import type { Language } from "../../reports/words/languages.js";

/** What the demo says around its pages. */
export interface DemoWords {
  readonly paste: string;
  readonly explorer: string;
  readonly folder: string;
  readonly temporary: string;
  readonly end: string;
}

export const DEMO_WORDS: Readonly<Record<Language, DemoWords>> = {
  it: {
    paste: "Tre domande da incollare nell'esploratore",
    explorer: "Explorer",
    folder: "Cartella",
    temporary: "provvisoria: sparisce alla fine",
    end: "Ctrl-C per finire.",
  },
  en: {
    paste: "Three queries to paste into the explorer",
    explorer: "Explorer",
    folder: "Folder",
    temporary: "temporary: gone when it ends",
    end: "Ctrl-C ends it.",
  },
};
