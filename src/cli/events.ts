import { Option, type Command } from "commander";
import { isImportId, position, type Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { isJsonObject, parseJson, type Json } from "../kernel/json.js";
import { CATEGORIES, streamOf, streamPrefix, type Category } from "../kernel/stream.js";
import { unavailable } from "../app/history.js";
import { EVENT_CATEGORY } from "../domain/catalog.js";
import { decodeMetadata } from "../eventstore/codec.js";
import type { EventFilter, EventStore, StoredEvent } from "../eventstore/port.js";
import { z } from "zod";
import { EXIT, type ExitCode } from "./exit.js";
import { openStoreForReading } from "./open-store.js";
import { count } from "./question.js";
import { eventLine } from "./render/event-line.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

interface Flags extends CommonFlags {
  readonly category?: Category;
  readonly id?: string;
  readonly type?: readonly string[];
  readonly import?: string;
  readonly from?: string;
  readonly backwards?: boolean;
  readonly limit?: number;
}

const PAGE = 1000;

/** `events`: the raw ledger, event by event, as it is stored. */
export function eventsVerb(): Command {
  return newVerb({
    name: "events",
    summary: "the raw ledger, event by event",
    description: "Prints the events as they are stored, in the order of recording. Reads the event store alone, also beside a running server.",
    examples: [
      "events --limit 20",
      "events --backwards --limit 5                          # the newest first",
      "events --category incident --id cloud-2019-09-25      # one stream",
      "events --type DisruptionOpened DisruptionEnded --json",
      "events --import csv.disservizi                        # what an import brought",
    ],
  })
    .option("--zone <zone>", "IANA zone in which times are told (default: ZONE, else Europe/Rome)")
    .addOption(new Option("--category <category>", "only of this kind of thing").choices(CATEGORIES))
    .option("--id <id>", "only of this thing; needs --category")
    .option("--type <types...>", "only of these types")
    .option("--import <id>", "only what this import brought")
    .option("--from <position>", "only after this position (before it, with --backwards)")
    .option("--backwards", "the newest first")
    .option("--limit <count>", "at most so many", count)
    .action((flags: Flags) => runVerb(flags, (run) => printEvents(run, flags)));
}

async function printEvents({ terminal, configuration, interruption }: Run, flags: Flags): Promise<ExitCode> {
  check(flags);
  const store = await openStoreForReading(configuration);
  try {
    let left = flags.limit ?? Number.POSITIVE_INFINITY;
    for await (const event of eventsOf(store, filterOf(configuration.ledgerId, flags), flags)) {
      if (left === 0 || terminal.gone || interruption.interrupted) break;
      if (!isWanted(event, configuration.ledgerId, flags)) continue;
      left -= 1;
      if (terminal.json) terminal.value(eventJson(event));
      else terminal.print(eventLine(event, { zone: configuration.zone, width: terminal.width, paint: terminal.paint }));
    }
    return interruption.interrupted ? EXIT.interrupted : EXIT.ok;
  } finally {
    await store.close();
  }
}

/** Throws LedgerError INVALID_INPUT, so that a filter which finds nothing is not one that was misspelt. */
function check({ category, id, type, import: importId }: Flags): void {
  if (id !== undefined && category === undefined) throw usage("--id needs --category: the same id may be of a body and of a service");
  const unknown = type?.find((name) => !Object.hasOwn(EVENT_CATEGORY, name));
  if (unknown !== undefined) throw usage(`there is no event type ${JSON.stringify(unknown)}; types are ${Object.keys(EVENT_CATEGORY).join(", ")}`);
  if (importId !== undefined && !isImportId(importId)) throw usage(`${JSON.stringify(importId)} is no import id`);
}

function usage(message: string): LedgerError {
  return new LedgerError({ code: "INVALID_INPUT", message });
}

function filterOf(ledgerId: Run["configuration"]["ledgerId"], { category, type }: Flags): EventFilter {
  const streamPrefixOf = category === undefined ? streamPrefix(ledgerId) : `${streamPrefix(ledgerId)}${category}-`;
  return { streamPrefix: streamPrefixOf, ...(type !== undefined && { eventTypes: type }) };
}

async function* eventsOf(store: EventStore, filter: EventFilter, { from, backwards }: Flags): AsyncGenerator<StoredEvent> {
  let after: Position | undefined = from === undefined ? undefined : position(from);
  if (after !== undefined && store.comparePositions(after, after) === undefined) {
    throw new LedgerError({ code: "UNKNOWN_POSITION", field: "--from", params: { position: after }, message: `${JSON.stringify(from)} is not a position of this ledger's store; use one that an earlier answer gave` });
  }
  for (;;) {
    const page = await store.readAll({ direction: backwards === true ? "backwards" : "forwards", limit: PAGE, filter, ...(after !== undefined && { from: after }) });
    if (page.kind === "store-unavailable") throw new LedgerError(unavailable(page.reason));
    yield* page.events;
    if (page.isEnd || page.next === undefined) return;
    after = page.next;
  }
}

function isWanted(event: StoredEvent, ledgerId: Run["configuration"]["ledgerId"], { category, id, import: importId }: Flags): boolean {
  if (category !== undefined && id !== undefined && event.stream !== streamOf(ledgerId, category, id)) return false;
  if (importId === undefined) return true;
  const meta = decodeMetadata(event.metadata);
  return meta.kind === "understood" && meta.metadata.importId === importId;
}

/** The event as it is stored: `data` and `metadata` as they were written, instants in milliseconds since 1970-01-01T00:00:00Z. */
function eventJson({ position: at, stream, revision, id, type, data, metadata }: StoredEvent): Json {
  return { position: at, stream, revision, id, type, data: stored(data), metadata: stored(metadata) };
}

function stored(text: string): Json {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : z.json().parse(value);
  } catch {
    return text;
  }
}
