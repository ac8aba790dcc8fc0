import { InvalidArgumentError, Option, type Command } from "commander";
import { EVENT_ID_RULE, isEventId, position, type EventId, type Instant, type ZoneId } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { Result } from "../kernel/result.js";
import { EVERYTHING, type KnownAt, type Knowledge } from "../readmodel/knowledge.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import { LANGUAGES, type Language } from "../reports/words/languages.js";
import { parsePeriod, type Period } from "../time/period.js";
import { parseInstantIn } from "../time/text.js";
import { noticeText } from "./logger.js";
import { openForReading, type ReadableLedger } from "./open-for-reading.js";
import type { CommonFlags, Run } from "./verb.js";

/** Flags that questions to the ledger have in common. */
export interface QuestionFlags extends CommonFlags {
  readonly knownAt?: string;
  readonly language: Language;
}

export function withQuestionFlags(command: Command): Command {
  return command
    .option("--zone <zone>", "IANA zone in which periods are cut and times told (default: ZONE, else Europe/Rome)")
    .option("--known-at <when>", "as it was known then: a time, position:N, event:ID, or source:TIME (what the sources of imports had recorded)")
    .addOption(new Option("--language <language>", "language of the page").choices(LANGUAGES).default("it"));
}

/** The ledger as it was known, with what must be closed after the answer. */
export interface Question {
  readonly ledger: ReadableLedger;
  readonly known: KnownLedger;
  readonly knowledge: Knowledge;
}

/** Opens the ledger for one question, whatever else has it open, and closes it after the answer. */
export async function withQuestion<T>(run: Run, { knownAt }: Pick<QuestionFlags, "knownAt">, answer: (question: Question) => Promise<T>): Promise<T> {
  const { configuration, terminal, clock } = run;
  const asked = parseKnownAt(knownAt, configuration.zone);
  const notify = (notice: Parameters<typeof noticeText>[0]): void => {
    const text = noticeText(notice);
    if (text !== undefined) terminal.note(text);
  };
  const ledger = await openForReading({ configuration, notify, note: (text) => terminal.note(text) });
  try {
    const knowledge = await ledger.readModel.resolve(asked, clock());
    return await answer({ ledger, known: ledger.readModel.at(knowledge, EVERYTHING), knowledge });
  } finally {
    await ledger.close();
  }
}

/**
 * "Known when" as a command line says it: nothing (now), `position:87`, `event:` and an id, a time (with an offset, or local in `zone`), or `source:` and a time.
 * Throws LedgerError INVALID_TIME, INVALID_ID.
 */
export function parseKnownAt(text: string | undefined, zone: ZoneId): KnownAt {
  if (text === undefined) return { kind: "now" };
  const [, kind, rest = ""] = /^(position|event|source):(.*)$/.exec(text) ?? [];
  if (kind === "position") return { kind: "position", position: position(rest) };
  if (kind === "event") return { kind: "event", eventId: eventIdOf(rest) };
  if (kind === "source") return { kind: "sourceRecordedAt", instant: parseTime(rest, zone, "--known-at") };
  return { kind: "recordedAt", instant: parseTime(text, zone, "--known-at") };
}

function eventIdOf(text: string): EventId {
  if (isEventId(text)) return text;
  throw new LedgerError({ code: "INVALID_ID", field: "--known-at", params: { value: text.slice(0, 200) }, message: `--known-at event:${text.slice(0, 200)} names no event: ${EVENT_ID_RULE}` });
}

/** A time of the command line, local in `zone` where it names no offset; of two like times in a fold the second. Throws LedgerError INVALID_TIME. */
export function parseTime(text: string, zone: ZoneId, field: string): Instant {
  return must(parseInstantIn(text, zone, "end", field));
}

/** A day, month, quarter or year of the command line. Throws LedgerError INVALID_PERIOD. */
export function periodOf(text: string, zone: ZoneId): Period {
  return must(parsePeriod(text, zone, "--period"));
}

/** An id of the command line. Throws LedgerError INVALID_ID. */
export function parseId<Id>(text: string, guard: (value: unknown) => value is Id, flag: string): Id {
  if (guard(text)) return text;
  throw new LedgerError({ code: "INVALID_ID", field: flag, params: { value: text.slice(0, 200) }, message: `${flag} ${JSON.stringify(text.slice(0, 200))} is no id: ids are 1 to 128 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit` });
}

/** For commander: a whole number of at least 1. */
export function count(text: string): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= 1) return value;
  throw new InvalidArgumentError("It must be a whole number of at least 1.");
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new LedgerError(result.refusal);
}
