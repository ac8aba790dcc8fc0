import { createHash } from "node:crypto";
import { streamName, type EventId, type Instant, type LedgerId, type StreamName } from "../kernel/brand.js";
import type { Refusal } from "../kernel/errors.js";
import type { EventMetadata, Recorded } from "../kernel/event.js";
import { canonicalJson } from "../kernel/json.js";
import { streamOf } from "../kernel/stream.js";
import { subjectOf } from "../domain/commands.js";
import { versionOf } from "../domain/catalog.js";
import { decide } from "../domain/decider.js";
import type { LedgerCommand, LedgerEvent } from "../domain/record.js";
import { encodeMetadata } from "../eventstore/codec.js";
import type { AppendResult, EventStore, ExpectedRevision } from "../eventstore/port.js";
import { eventsOfCommand, loadHistory, unconfirmed, type StreamHistory } from "./history.js";
import type { Submission, SubmitResult } from "./submission.js";

/** How often a command without `expectedRevision` is decided again after someone else was faster. */
const MAX_ATTEMPTS = 10;

export interface LedgerOptions {
  readonly store: EventStore;
  readonly ledgerId: LedgerId;
  readonly clock: () => Instant;
  readonly newEventId: () => EventId;
  /** Told each time that a command is decided again because another process was faster. */
  readonly onRetry?: () => void;
  /** Whether the evidence file that an event names lies in the data folder, whole. */
  readonly evidence: { readonly sizeOf: (sha256: string) => Promise<number | undefined> };
}
export interface Ledger {
  readonly ledgerId: LedgerId;
  /** Loads, decides and appends on one stream at its exact revision. Never throws for what the sender or the store did; retries are safe. */
  submit(submission: Submission): Promise<SubmitResult>;
}

export function createLedger(options: LedgerOptions): Ledger {
  const queues = new Map<StreamName, Promise<unknown>>();
  return { ledgerId: options.ledgerId, submit: (submission) => inTurn(queues, streamOfSubmission(options, submission), () => submit(options, submission)) };
}

/** Commands on one stream are decided one after another in this process, so that only other processes can cause conflicts. */
async function inTurn<T>(queues: Map<StreamName, Promise<unknown>>, stream: StreamName, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(stream) ?? Promise.resolve()).then(work, work);
  queues.set(stream, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(stream) === turn) queues.delete(stream);
  }
}

function streamOfSubmission(options: LedgerOptions, submission: Submission): StreamName {
  const { category, id } = subjectOf(submission.command);
  return streamOf(options.ledgerId, category, id);
}

async function submit(options: LedgerOptions, submission: Submission): Promise<SubmitResult> {
  const stream = streamOfSubmission(options, submission);
  const digest = digestOf(submission.command);
  if (digest === undefined) return { kind: "refused", refusal: unreadable() };
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptOnce(options, { stream, submission, digest });
    if (result.kind !== "conflict") return result;
    if (submission.expectedRevision !== undefined || attempt === MAX_ATTEMPTS) {
      return { kind: "refused", refusal: conflict(stream, result.actual, submission.expectedRevision) };
    }
    options.onRetry?.();
  }
}

type Attempt = SubmitResult | { readonly kind: "conflict"; readonly actual: number | "none" };

interface Addressed {
  readonly stream: StreamName;
  readonly submission: Submission;
  readonly digest: string;
}

async function attemptOnce(options: LedgerOptions, { stream, submission, digest }: Addressed): Promise<Attempt> {
  const loaded = await loadHistory(options.store, stream);
  if (loaded.kind === "refused") return loaded;
  const { history } = loaded;
  const earlier = eventsOfCommand(history, submission.commandId);
  if (earlier.length > 0) return repeatOf(stream, earlier, digest, submission);
  const { expectedRevision } = submission;
  if (expectedRevision !== undefined && expectedRevision !== history.revision) return { kind: "conflict", actual: history.revision };
  const missing = await evidenceProblem(options, submission.command);
  if (missing !== undefined) return { kind: "refused", refusal: missing };
  const recordedAt = options.clock();
  const decided = decide(subjectOf(submission.command).category, history.events, submission.command, recordedAt);
  if (!decided.ok) return { kind: "refused", refusal: decided.refusal };
  const event = decided.value;
  const meta = metadataOf(event, submission, digest, recordedAt);
  return append(options, { stream, history, event, meta });
}

interface Appending {
  readonly stream: StreamName;
  readonly history: StreamHistory;
  readonly event: LedgerEvent;
  readonly meta: EventMetadata;
}

async function append(options: LedgerOptions, { stream, history, event, meta }: Appending): Promise<Attempt> {
  const id = options.newEventId();
  const expected: ExpectedRevision = history.revision === "none" ? { kind: "no-stream" } : { kind: "exact", revision: history.revision };
  const payload = { id, type: event.type, data: canonicalJson(event.data), metadata: encodeMetadata(meta) };
  const result = await options.store.append(stream, expected, [payload]);
  if (result.kind !== "appended") return refusedAppend(result);
  const { revision, position } = result;
  return { kind: "accepted", stream, revision, position, events: [{ event, id, stream, revision, position, meta }], repeated: false };
}

function refusedAppend(result: Exclude<AppendResult, { kind: "appended" }>): Attempt {
  switch (result.kind) {
    case "wrong-expected-revision":
      return { kind: "conflict", actual: result.actual === "no-stream" ? "none" : result.actual };
    case "event-too-large": {
      const { sizeBytes, limitBytes } = result;
      return { kind: "refused", refusal: { code: "EVENT_TOO_LARGE", params: { sizeBytes, limitBytes }, message: `the event would take ${sizeBytes} bytes and the ledger takes ${limitBytes} at most; shorten its text, or attach it as evidence` } };
    }
    case "store-unavailable":
      return { kind: "refused", refusal: unconfirmed(result.reason) };
  }
}

function repeatOf(stream: StreamName, earlier: readonly Recorded<LedgerEvent>[], digest: string, submission: Submission): SubmitResult {
  const last = earlier.at(-1);
  if (last?.meta.commandDigest !== digest) {
    const { commandId } = submission;
    return { kind: "refused", refusal: { code: "COMMAND_ID_REUSED", field: "commandId", params: { commandId }, message: `the command id ${commandId} was used on this stream for another command; use a new one` } };
  }
  return { kind: "accepted", stream, revision: last.revision, position: last.position, events: earlier, repeated: true };
}

function metadataOf(event: LedgerEvent, submission: Submission, commandDigest: string, recordedAt: Instant): EventMetadata {
  const { actor, commandId, correlationId, sourceRecordedAt, importId } = submission;
  return {
    schemaVersion: versionOf(event.type),
    actor,
    commandId,
    commandDigest,
    correlationId: correlationId ?? commandId,
    causationId: commandId,
    recordedAt,
    ...(sourceRecordedAt !== undefined && { sourceRecordedAt }),
    ...(importId !== undefined && { importId }),
  };
}

/** SHA-256 of the canonical command. Undefined for one that has none: the free payload of a correction may be nested without end. */
function digestOf(command: LedgerCommand): string | undefined {
  try {
    return createHash("sha256").update(canonicalJson(command)).digest("hex");
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function unreadable(): Refusal {
  return { code: "INVALID_INPUT", field: "data", message: "the command cannot be read: its data are nested too deeply, or hold what JSON cannot" };
}

async function evidenceProblem(options: LedgerOptions, command: LedgerCommand): Promise<Refusal | undefined> {
  if (command.type !== "AttachEvidence") return undefined;
  const { sha256, sizeBytes } = command.data;
  const stored = await options.evidence.sizeOf(sha256);
  if (stored === sizeBytes) return undefined;
  if (stored === undefined) return { code: "NOT_FOUND", field: "sha256", params: { sha256 }, message: `no evidence file ${sha256} is in the data folder; send the file first, then attach it` };
  return { code: "EVIDENCE_MISMATCH", field: "sizeBytes", params: { sizeBytes, storedBytes: stored }, message: `the evidence file has ${stored} bytes, not ${sizeBytes}` };
}

function conflict(stream: StreamName, actual: number | "none", expected: number | "none" | undefined): Refusal {
  const params = { stream: streamName(stream), actualRevision: actual, ...(expected !== undefined && { expectedRevision: expected }) };
  const message = expected === undefined
    ? `others kept changing ${stream} at the same moment; send the command again`
    : `${stream} is at revision ${actual}, not ${expected}: someone changed it meanwhile; look at it again before you decide`;
  return { code: "REVISION_CONFLICT", field: "expectedRevision", params, message };
}
