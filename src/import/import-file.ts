import type { Instant } from "../kernel/brand.js";
import { openFeed } from "./feed.js";
import { formatOf, type Format } from "./format.js";
import { DEFAULT_LIMITS, type ImportLimits } from "./limits.js";
import { readingsOf } from "./read.js";
import { rehearse } from "./rehearsal.js";
import { Tally, type ImportProgress, type ImportReport } from "./report.js";
import { takeAll } from "./run.js";
import { settingsOf, type ImportOptions } from "./settings.js";
import type { ImportSource } from "./source.js";
import type { ImportTarget } from "./target.js";

/**
 * Imports a file into a ledger. What the file holds is recorded with the import's id and command ids of its own, so that it can be repeated, continued after an abort or a
 * crash, repeated with a file that has grown, and taken back (`takeBack`). What is wrong is reported with its place, and the rest goes in. `clock` is the ledger's, for
 * the rehearsal of a strict import or a dry run.
 *
 * Throws LedgerError, with everything accepted so far kept: UNKNOWN_FORMAT, INVALID_INPUT, REQUEST_TOO_LARGE for the file; INVALID_ID, UNKNOWN_ZONE, INVALID_TIME for
 * options; IMPORT_REFUSED where the import was taken back; STORE_UNAVAILABLE, STREAM_NOT_UNDERSTOOD from the ledger.
 */
export async function importFile(source: ImportSource, target: ImportTarget, options: ImportOptions & { readonly clock: () => Instant }): Promise<ImportReport> {
  if (options.dryRun === true) return pass(source, rehearse(target, options.clock), options, "rehearsing");
  if (options.strict === true) {
    const rehearsal = await pass(source, rehearse(target, options.clock), options, "rehearsing");
    if (rehearsal.outcome === "aborted") return { ...rehearsal, accepted: 0, created: NONE };
    if (rehearsal.problemCount > 0) return { ...rehearsal, outcome: "refused", accepted: 0, created: NONE };
  }
  return pass(source, target, options, "importing");
}

const NONE: ImportReport["created"] = { contracts: 0, bodies: 0, services: 0, adoptions: 0, incidents: 0, disruptions: 0, maintenance: 0 };

async function pass(source: ImportSource, target: ImportTarget, options: ImportOptions, phase: ImportProgress["phase"]): Promise<ImportReport> {
  const limits: ImportLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const tally = new Tally(limits.maxNotes);
  let bytesRead = 0;
  const tell = (): void => options.onProgress?.({ phase, bytesRead, bytesTotal: source.sizeBytes, items: tally.items, accepted: tally.accepted, problems: tally.problemCount });
  const feed = await openFeed(source, limits, (bytes) => {
    bytesRead += bytes;
    tell();
  });
  const format: Format = formatOf(feed.head, source.fileName, options.format);
  const { importId, reader, catalogue } = settingsOf(options, format, source.fileName);
  const readings = readingsOf(feed, format, reader, { limits, encoding: options.encoding ?? "utf-8" });
  const ended = await takeAll(readings, { target, importId, actor: options.actor, catalogue, tally, onItem: tell, signal: options.signal });
  const outcome = ended === "aborted" ? "aborted" : phase === "rehearsing" ? "rehearsed" : "imported";
  return tally.report({ importId, format, outcome });
}
