import type { Request, Response } from "express";
import { ID_RULE, isImportId, type ImportId } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { CATEGORIES, streamOf, streamPrefix, type Category } from "../kernel/stream.js";
import { decodeStored, loadHistory, unavailable } from "../app/history.js";
import type { StoredEvent } from "../eventstore/port.js";
import type { LedgerServices } from "../graphql/context.js";
import { goingDown } from "./commands.js";
import { beginLines, writeLine } from "./ndjson.js";

const PAGE = 1000;
const STREAM_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;

/** `GET /streams/:category/:id`: the events of one thing as lines, from its first; none if it does not exist. */
export async function sendStream({ store, ledgerId }: LedgerServices, req: Request, res: Response): Promise<void> {
  const { category, id } = subjectIn(req);
  const loaded = await loadHistory(store, streamOf(ledgerId, category, id));
  if (loaded.kind === "refused") throw new LedgerError(loaded.refusal);
  beginLines(res);
  for (const event of loaded.history.events) await writeLine(res, event);
  res.end();
}

/** `GET /imports/:importId/events`: every event that an import brought, in the order of recording, read from the store page by page. */
export async function sendImport({ store, ledgerId }: LedgerServices, stopping: AbortSignal, req: Request, res: Response): Promise<void> {
  const importId = importIdIn(req);
  const filter = { streamPrefix: streamPrefix(ledgerId) };
  let page = await store.readAll({ direction: "forwards", limit: PAGE, filter });
  if (page.kind === "store-unavailable") throw new LedgerError(unavailable(page.reason));
  beginLines(res);
  for (;;) {
    if (page.kind === "store-unavailable" || stopping.aborted) {
      const refusal = page.kind === "store-unavailable" ? unavailable(page.reason) : goingDown();
      await writeLine(res, { kind: "interrupted", refusal });
      break;
    }
    if (!(await sendThoseOf(importId, page.events, res)) || page.isEnd || page.next === undefined) break;
    page = await store.readAll({ direction: "forwards", from: page.next, limit: PAGE, filter });
  }
  res.end();
}

/** Writes the events of an import; false if one of them was not understood, which was written as the last line. */
async function sendThoseOf(importId: ImportId, events: readonly StoredEvent[], res: Response): Promise<boolean> {
  // Canonical JSON writes it in one way only; most events need no decoding to be passed over.
  const mark = `"importId":${JSON.stringify(importId)}`;
  for (const stored of events) {
    if (!stored.metadata.includes(mark)) continue;
    const event = decodeStored(stored);
    if ("refusal" in event) {
      await writeLine(res, { kind: "interrupted", refusal: event.refusal });
      return false;
    }
    if (event.meta.importId === importId) await writeLine(res, event);
  }
  return true;
}

function subjectIn(req: Request): { category: Category; id: string } {
  const { category: word, id } = req.params;
  const category = CATEGORIES.find((known) => known === word);
  if (category === undefined) throw new LedgerError({ code: "INVALID_INPUT", field: "category", message: `a category is one of ${CATEGORIES.join(", ")}` });
  if (typeof id !== "string" || !STREAM_ID.test(id)) throw new LedgerError({ code: "INVALID_ID", field: "id", message: `not an id: ${ID_RULE}` });
  return { category, id };
}

function importIdIn(req: Request): ImportId {
  const { importId } = req.params;
  if (isImportId(importId)) return importId;
  throw new LedgerError({ code: "INVALID_ID", field: "importId", message: `not an import id: ${ID_RULE}` });
}
