import type { Reading, ReaderSettings } from "./case.js";
import type { Feed } from "./feed.js";
import type { Format } from "./format.js";
import { readCommands } from "./formats/commands.js";
import { readCstate } from "./formats/cstate.js";
import { readCsv } from "./formats/csv.js";
import { readGoogle } from "./formats/google.js";
import { readStatuspage } from "./formats/statuspage.js";
import type { ImportLimits } from "./limits.js";
import { documentOf, linesOf, type Encoding } from "./text.js";

/** What a file of a known format holds, in order. Throws LedgerError for a file that is damaged, oversize or not what its beginning promised. */
export async function* readingsOf(feed: Feed, format: Format, settings: ReaderSettings, how: { readonly limits: ImportLimits; readonly encoding: Encoding }): AsyncGenerator<Reading> {
  const { limits, encoding } = how;
  switch (format) {
    case "csv":
      yield* readCsv(linesOf(feed.chunks, limits, encoding), settings, limits);
      return;
    case "commands":
      yield* readCommands(linesOf(feed.chunks, limits, encoding), settings);
      return;
    case "cstate":
      yield* readCstate(linesOf(feed.chunks, limits, encoding), settings);
      return;
    case "google-cloud":
      yield* readGoogle(await documentOf(feed.chunks, limits, encoding), settings);
      return;
    case "statuspage":
      yield* readStatuspage(await documentOf(feed.chunks, limits, encoding), settings);
      return;
  }
}
