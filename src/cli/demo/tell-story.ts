import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, join } from "node:path";
import { v7 } from "uuid";
import type { Ledger } from "../../app/ledger.js";
import { actorId, commandId, eventId, type EventId, type Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { canonicalJson, isJsonObject, parseJson, type JsonObject } from "../../kernel/json.js";
import { subjectOf } from "../../domain/commands.js";
import type { FactCommand, LedgerCommand } from "../../domain/record.js";
import { workOut, type WorkedOut } from "../../graphql/commands/worked-out.js";
import { EVERYTHING } from "../../readmodel/knowledge.js";
import type { ReadModel } from "../../readmodel/port.js";
import { parseInstant } from "../../time/text.js";
import type { EvidenceStore } from "../../evidence/port.js";
import { factCommandOf, unreadable, type StoryLine } from "./story-line.js";

/** How long the read models may take for what was told so far. */
const PATIENCE_MS = 60_000;

/** Who records in the story. What holds anything invented is recorded by the second (`render/illustrative.ts` marks it). */
const FACTS = { id: actorId("ente-capofila"), verified: false };
const INVENTED = { id: actorId("ente-capofila.illustrative"), verified: false };

/** A clock that stands where the story is, and runs with the real one after it. */
export class StoryClock {
  readonly #real: () => Instant;
  #line: StoryLine | undefined;

  constructor(real: () => Instant) {
    this.#real = real;
  }

  readonly now = (): Instant => this.#line?.recordedAt ?? this.#real();

  /** Ids that are the same each time the story is told, and sort by its time; new ones after it. */
  readonly newEventId = (): EventId => {
    if (this.#line === undefined) return eventId(v7());
    const { number, recordedAt } = this.#line;
    const random = createHash("sha256").update(`lecco ${number}`).digest().subarray(0, 16);
    return eventId(v7({ msecs: recordedAt, seq: number, random }));
  };

  standAt(line: StoryLine | undefined): void {
    this.#line = line;
  }
}

export interface Telling {
  readonly ledger: Ledger;
  readonly evidence: EvidenceStore;
  readonly clock: StoryClock;
  /** What is known so far, for what is worked out. */
  readonly readModel: ReadModel;
  /** Where the files lie that the story attaches. */
  readonly folder: string;
}

interface Told {
  readonly type: string;
  readonly data: JsonObject;
  readonly eventId: EventId;
}

/** Records a story line by line. Rejects with LedgerError: what the ledger refused, with the line. */
export async function tellStory(story: readonly StoryLine[], telling: Telling): Promise<void> {
  const told = new Map<string, Told>();
  try {
    for (const line of story) {
      telling.clock.standAt(line);
      await tell(line, telling, told);
    }
  } finally {
    telling.clock.standAt(undefined);
  }
}

async function tell(line: StoryLine, telling: Telling, told: Map<string, Told>): Promise<void> {
  const { written, number } = line;
  if ("type" in written) {
    const data = written.file === undefined ? written.data : { ...written.data, ...(await keep(written.file, telling)) };
    const recorded = await record(await factCommandOf(written.type, data, number), line, telling);
    if (written.id !== undefined) told.set(written.id, { type: written.type, data, eventId: recorded });
  } else if ("workOut" in written) {
    await record(await worked(written.workOut, written.input, line, telling), line, telling);
  } else {
    const { of, reason } = "correct" in written ? written.correct : written.withdraw;
    const before = told.get(of);
    if (before === undefined) throw unreadable(number, `no line before it has the id ${JSON.stringify(of)}`);
    const amended = { ...before.data, ...("correct" in written ? written.correct.change : {}) };
    const fact = await factCommandOf(before.type, amended, number);
    await record(amendment("correct" in written, fact, { eventId: before.eventId, reason }), line, telling);
  }
}

/** What the ledger itself works out of what it knows by then. */
async function worked(type: WorkedOut, input: JsonObject, { number }: StoryLine, { readModel, clock }: Telling): Promise<LedgerCommand> {
  await readModel.waitUntilCaughtUp(PATIENCE_MS);
  const known = readModel.at(await readModel.resolve({ kind: "now" }, clock.now()), EVERYTHING);
  const occurredAt = typeof input["occurredAt"] === "string" ? parseInstant(input["occurredAt"], "occurredAt") : undefined;
  if (occurredAt?.ok === false) throw unreadable(number, occurredAt.refusal.message);
  return workOut(type, { known, readModel }, { ...input, ...(occurredAt !== undefined && { occurredAt: occurredAt.value }) });
}

function amendment(corrects: boolean, fact: FactCommand, { eventId: id, reason }: { readonly eventId: EventId; readonly reason: string }): LedgerCommand {
  const { category, id: subjectId } = subjectOf(fact);
  if (!corrects) return { type: "WithdrawRecord", data: { category, subjectId, eventId: id, reason } };
  return { type: "CorrectRecord", data: { category, subjectId, eventId: id, reason, data: asJson(fact.data) } };
}

function asJson(data: FactCommand["data"]): JsonObject {
  const value = parseJson(canonicalJson(data));
  return isJsonObject(value) ? value : {};
}

async function keep(file: string, { evidence, folder }: Telling): Promise<JsonObject> {
  const kept = await evidence.put(createReadStream(join(folder, file)));
  if (kept.kind === "refused") throw new LedgerError(kept.refusal);
  return { sha256: kept.sha256, sizeBytes: kept.sizeBytes, fileName: basename(file) };
}

async function record(command: LedgerCommand, { number, illustrative }: StoryLine, { ledger }: Telling): Promise<EventId> {
  const result = await ledger.submit({ command, commandId: commandId(`lecco.${number}`), actor: illustrative ? INVENTED : FACTS });
  if (result.kind === "refused") throw new LedgerError({ ...result.refusal, message: `line ${number} of the demo's story: ${result.refusal.message}` });
  const [event] = result.events;
  if (event === undefined) throw unreadable(number, "it led to no event");
  return event.id;
}
