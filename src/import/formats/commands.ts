import { commandSchema } from "../../domain/commands.js";
import { beginningOf } from "../../domain/terms/beginning.js";
import { refusalOf } from "../../domain/refusal.js";
import { isCommandId } from "../../kernel/brand.js";
import { isJsonObject, parseJson, type Json, type JsonObject } from "../../kernel/json.js";
import { ok, type Result } from "../../kernel/result.js";
import { instantSchema } from "../../time/when.js";
import type { Side } from "../../time/zone.js";
import type { Reading, ReaderSettings } from "../case.js";
import { atLine, problem, problemOf, type Place } from "../notes.js";
import { NOT_UTF8, type Line } from "../text.js";
import { readDate, readInstant } from "../times.js";

/** Fields of commands that hold a time; in a file it may be written as text. */
const STARTS = new Set(["occurredAt", "detectedAt", "reportedAt", "effectiveFrom", "claimedStart", "dueAt", "answerDueAt", "start", "earliest", "sourceRecordedAt"]);
const ENDS = new Set(["end", "latest", "claimedEnd"]);
/** Documents with times of their own, which stay as they are. */
const DOCUMENTS = new Set(["terms", "regime"]);
/** Commands whose `occurredAt` is the end of something: of two like local times in a fold the second is meant. */
const ENDING = new Set<Json>(["EndDisruption", "ResolveIncident", "CloseIncident", "ResumeClock"]);

/** NDJSON of commands: one command of the ledger a line, with optional `commandId` and `sourceRecordedAt` beside `type` and `data`. */
export async function* readCommands(lines: AsyncIterable<Line>, settings: ReaderSettings): AsyncGenerator<Reading> {
  for await (const line of lines) {
    const place = atLine(line.number);
    if (line.kind === "too-long") yield problem(place, "REQUEST_TOO_LARGE", `the line has more than ${line.limitBytes} bytes; it was not taken`);
    else if (line.kind === "not-decodable") yield problem(place, "INVALID_INPUT", NOT_UTF8);
    else if (line.text.trim() !== "") yield readCommand(line.text, place, settings);
  }
}

function readCommand(text: string, place: Place, settings: ReaderSettings): Reading {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return problem(place, "INVALID_INPUT", "the line is not JSON; it was not taken");
  }
  if (!isJsonObject(value)) return problem(place, "INVALID_INPUT", "the line is not a JSON object; it was not taken");
  const { commandId, ...rest } = value;
  const occurred: Side = ENDING.has(rest["type"] ?? null) ? "end" : "start";
  const read = withTimes(rest, { zone: settings.zone, occurred });
  if (!read.ok) return problemOf(place, read.refusal);
  const dated = withDateOfTerms(read.value);
  if (!dated.ok) return problemOf(place, dated.refusal);
  const { sourceRecordedAt, ...command } = dated.value;
  const parsed = commandSchema.safeParse(command);
  if (!parsed.success) return problemOf(place, refusalOf(parsed.error, command));
  if (commandId !== undefined && !isCommandId(commandId)) return problem(place, "INVALID_ID", `${JSON.stringify(commandId).slice(0, 150)} is not a command id`);
  const recorded = sourceRecordedAt === undefined ? undefined : instantSchema.safeParse(sourceRecordedAt);
  if (recorded?.success === false) return problem(place, "INVALID_TIME", "sourceRecordedAt is not a time");
  return { kind: "command", place, command: parsed.data, ...(commandId !== undefined && { commandId }), ...(recorded !== undefined && { sourceRecordedAt: recorded.data }) };
}

/** Terms say themselves from which date they hold. */
function withDateOfTerms(command: { [key: string]: Json }): Result<{ [key: string]: Json }> {
  const { type, data } = command;
  if (type !== "AgreeTerms" || !isJsonObject(data) || data["effectiveFrom"] !== undefined) return ok(command);
  const beginning = beginningOf(data["terms"], "terms.effectiveFrom");
  if (beginning === undefined) return ok(command);
  return beginning.ok ? ok({ ...command, data: { ...data, effectiveFrom: beginning.value } }) : beginning;
}

interface Times {
  readonly zone: ReaderSettings["zone"] | undefined;
  /** What `occurredAt` is of. */
  readonly occurred: Side;
}

/** `value` with the texts of its time fields as instants. */
function withTimes(value: JsonObject, times: Times): Result<{ [key: string]: Json }> {
  const result: { [key: string]: Json } = {};
  for (const [name, each] of Object.entries(value)) {
    const read = withTime(name, each, times);
    if (!read.ok) return read;
    Object.defineProperty(result, name, { value: read.value, enumerable: true });
  }
  return ok(result);
}

/** Lists, such as the spans of an exclusion, hold times as their entries do. */
function allWithTimes(name: string, values: readonly Json[], times: Times): Result<Json> {
  const result: Json[] = [];
  for (const value of values) {
    const read = isJsonObject(value) ? withTime(name, value, times) : ok(value);
    if (!read.ok) return read;
    result.push(read.value);
  }
  return ok(result);
}

function withTime(name: string, value: Json, times: Times): Result<Json> {
  if (Array.isArray(value)) return allWithTimes(name, value, times);
  if (isJsonObject(value)) return DOCUMENTS.has(name) ? ok(value) : withTimes(value, times);
  if (typeof value !== "string" || !(STARTS.has(name) || ENDS.has(name))) return ok(value);
  const read = name === "effectiveFrom" ? readDate : readInstant;
  return read(value, name, { zone: times.zone, side: name === "occurredAt" ? times.occurred : ENDS.has(name) ? "end" : "start" });
}
