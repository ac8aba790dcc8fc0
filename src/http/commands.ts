import { PassThrough, type Readable } from "node:stream";
import type { Request, Response } from "express";
import { isCommandId } from "../kernel/brand.js";
import { LedgerError, type Refusal } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import { isJsonObject, parseJson } from "../kernel/json.js";
import type { Ledger } from "../app/ledger.js";
import type { Submission } from "../app/submission.js";
import { refusalOf } from "../domain/refusal.js";
import { unverified } from "../graphql/context.js";
import { ACTOR_HEADER, actorOf } from "./actor.js";
import { linesOf, type Line } from "./lines.js";
import { beginLines, ClientGone, NDJSON, writeLine } from "./ndjson.js";
import { submissionLineSchema } from "./wire.js";

/** Largest line: as large as the largest event's command may be. */
const MAX_LINE_BYTES = 1024 * 1024;
/** Commands under way at once; commands on one stream are decided in their order all the same. */
const WINDOW = 256;

export interface CommandsParts {
  readonly ledger: Ledger;
  /** Aborted when the server goes down. */
  readonly stopping: AbortSignal;
}

/**
 * `POST /commands`: commands as lines in, results as lines out, each as soon as those before it are known. Lines are taken only as fast as results
 * are read. A line that is wrong is refused, and the rest goes on.
 */
export async function takeCommands({ ledger, stopping }: CommandsParts, req: Request, res: Response): Promise<void> {
  if (req.is(NDJSON) === false) throw new LedgerError({ code: "UNKNOWN_FORMAT", params: { expected: NDJSON }, message: `commands are sent as ${NDJSON}, one a line` });
  const actor = actorOf(req.headers[ACTOR_HEADER]);
  beginLines(res);
  const output = new OrderedOutput(res);
  for await (const line of linesOf(untilStopped(req, stopping), MAX_LINE_BYTES)) {
    await output.add(answer(ledger, actor, line));
  }
  if (stopping.aborted) await output.add(Promise.resolve({ kind: "interrupted", refusal: goingDown() }));
  await output.end();
}

/** Results in the order in which they were asked for, no more than `WINDOW` of them outstanding. */
class OrderedOutput {
  readonly #res: Response;
  readonly #written: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(res: Response) {
    this.#res = res;
  }

  async add(result: Promise<object>): Promise<void> {
    this.#last = Promise.all([result, this.#last]).then(([value]) => writeLine(this.#res, value));
    this.#last.catch(() => undefined);
    this.#written.push(this.#last);
    if (this.#written.length >= WINDOW) await this.#written.shift();
  }

  async end(): Promise<void> {
    await this.#last;
    this.#res.end();
  }
}

/** The body, until the server goes down: what is on its way then is not waited for. */
function untilStopped(req: Request, stopping: AbortSignal): Readable {
  const body = new PassThrough();
  const stop = (): void => {
    req.unpipe(body);
    body.end();
    req.resume();
  };
  req.pipe(body);
  req.once("close", () => {
    stopping.removeEventListener("abort", stop);
    if (!req.complete) body.destroy(new ClientGone());
  });
  if (stopping.aborted) stop();
  else stopping.addEventListener("abort", stop, { once: true });
  return body;
}

async function answer(ledger: Ledger, actor: Actor, line: Line): Promise<object> {
  const read = submissionOf(line, actor);
  if ("refusal" in read) return { kind: "refused", line: line.number, ...read };
  const result = await ledger.submit(read.submission);
  return { ...result, line: line.number, commandId: read.submission.commandId };
}

type ReadSubmission = { readonly submission: Submission } | { readonly commandId?: string; readonly refusal: Refusal };

function submissionOf(line: Line, sender: Actor): ReadSubmission {
  if (line.kind === "too-long") {
    return { refusal: { code: "REQUEST_TOO_LARGE", params: { limitBytes: MAX_LINE_BYTES }, message: `the line has more than ${MAX_LINE_BYTES} bytes: shorten its text, or attach it as evidence` } };
  }
  if (line.kind === "not-utf8") return { refusal: { code: "INVALID_INPUT", message: "the line is not UTF-8" } };
  let value: unknown;
  try {
    value = parseJson(line.text);
  } catch (error) {
    return { refusal: { code: "INVALID_INPUT", message: `the line is not JSON: ${error instanceof Error ? error.message : String(error)}` } };
  }
  const parsed = submissionLineSchema.safeParse(value);
  if (!parsed.success) return { ...commandIdIn(value), refusal: refusalOf(parsed.error, value) };
  const { command, commandId, actor, expectedRevision, correlationId, sourceRecordedAt, importId } = parsed.data;
  return {
    submission: {
      command,
      commandId,
      actor: actor === undefined ? sender : unverified(actor),
      ...(expectedRevision !== undefined && { expectedRevision }),
      ...(correlationId !== undefined && { correlationId }),
      ...(sourceRecordedAt !== undefined && { sourceRecordedAt }),
      ...(importId !== undefined && { importId }),
    },
  };
}

/** So that the sender of a line that is wrong knows which one it was. */
function commandIdIn(value: unknown): { readonly commandId?: string } {
  const commandId = isJsonObject(value) ? value["commandId"] : undefined;
  return isCommandId(commandId) ? { commandId } : {};
}

export function goingDown(): Refusal {
  return { code: "STORE_UNAVAILABLE", params: { reason: "the server goes down" }, message: "the server goes down; what was answered is stored, send the rest again when it is back" };
}
