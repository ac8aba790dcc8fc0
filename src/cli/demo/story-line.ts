import { z } from "zod";
import type { Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { isJsonObject, parseJson, type JsonObject } from "../../kernel/json.js";
import type { FactCommand, LedgerCommand } from "../../domain/record.js";
import { importId } from "../../kernel/brand.js";
import { WORKED_OUT } from "../../graphql/commands/worked-out.js";
import { readCommands } from "../../import/formats/commands.js";
import { parseInstant } from "../../time/text.js";
import { ROME } from "../../time/zone.js";

const object = z.custom<JsonObject>(isJsonObject, "an object");

/** One line of `demo/lecco.ndjson`, as its README describes it. */
const lineSchema = z.union([
  z.strictObject({ recordedAt: z.string(), illustrative: z.boolean(), id: z.string().optional(), type: z.string(), data: object, file: z.string().optional() }),
  z.strictObject({ recordedAt: z.string(), illustrative: z.boolean(), workOut: z.enum(WORKED_OUT), input: object }),
  z.strictObject({ recordedAt: z.string(), illustrative: z.boolean(), correct: z.strictObject({ of: z.string(), change: object, reason: z.string() }) }),
  z.strictObject({ recordedAt: z.string(), illustrative: z.boolean(), withdraw: z.strictObject({ of: z.string(), reason: z.string() }) }),
]);
type Written = z.infer<typeof lineSchema>;

/** One record of the story. */
export interface StoryLine {
  /** From 1. */
  readonly number: number;
  /** When the ledger takes it, on the story's clock. */
  readonly recordedAt: Instant;
  /** Anything in it is invented. */
  readonly illustrative: boolean;
  readonly written: Written;
}

/** The lines of a story. Throws LedgerError INVALID_INPUT that names the line which cannot be read. */
export function readStory(text: string): readonly StoryLine[] {
  return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [storyLine(line, index + 1)]));
}

function storyLine(text: string, number: number): StoryLine {
  const parsed = lineSchema.safeParse(parseJson(text));
  const at = parsed.success ? parseInstant(parsed.data.recordedAt, "recordedAt") : undefined;
  if (!parsed.success || at?.ok !== true) throw unreadable(number, parsed.success ? "its recordedAt is no time" : parsed.error.issues[0]?.message ?? "");
  return { number, recordedAt: at.value, illustrative: parsed.data.illustrative, written: parsed.data };
}

export function unreadable(number: number, why: string): LedgerError {
  return new LedgerError({ code: "INVALID_INPUT", params: { line: number }, message: `line ${number} of the demo's story cannot be used: ${why}` });
}

/** A command as the story writes it: its times as text, dates as local midnights in Rome. Rejects with LedgerError INVALID_INPUT. */
export async function commandOf(type: string, data: JsonObject, number: number): Promise<LedgerCommand> {
  const settings = { importId: importId("demo"), language: "it", degrees: {}, zone: ROME };
  for await (const reading of readCommands(oneLine(JSON.stringify({ type, data }), number), settings)) {
    if (reading.kind === "command") return reading.command;
    if (reading.kind === "problem") throw unreadable(number, reading.message);
  }
  throw unreadable(number, "it holds no command");
}

export async function factCommandOf(type: string, data: JsonObject, number: number): Promise<FactCommand> {
  const command = await commandOf(type, data, number);
  if (command.type === "CorrectRecord" || command.type === "WithdrawRecord") throw unreadable(number, "it amends a record; write `correct` or `withdraw`");
  return command;
}

async function* oneLine(text: string, number: number): AsyncGenerator<{ readonly kind: "text"; readonly number: number; readonly text: string }> {
  yield await Promise.resolve({ kind: "text", number, text });
}
