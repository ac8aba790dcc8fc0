import { existsSync } from "node:fs";
import { join } from "node:path";
import { decodeStored } from "../../app/history.js";
import type { EventStore, StoredEvent } from "../../eventstore/port.js";
import { openReadOnlyEventStore, type SqliteEventStore } from "../../eventstore/sqlite.js";
import { createFileEvidence } from "../../evidence/files.js";
import type { LedgerId, Position } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { streamPrefix } from "../../kernel/stream.js";
import { compareWithFreshFold } from "../../readmodel/fresh-fold.js";
import { EVIDENCE_FOLDER, READ_MODELS_FILE } from "../open-ledger.js";

/** One question put to a data folder, and what is wrong: one sentence a problem, none if all is well. */
export interface CheckResult {
  readonly check: "file" | "events" | "commands" | "evidence" | "read-models";
  readonly title: string;
  /** How much was looked at, in words. */
  readonly looked: string;
  readonly problems: readonly string[];
}

const PAGE = 1000;
/** Most problems that one check names. */
const MOST = 100;

/** Verifies a data folder from end to end, changing nothing; works beside a running server. Throws LedgerError DATA_FOLDER_UNUSABLE or _CORRUPT when not even the ledger opens. */
export async function* checkDataFolder(folder: string, ledgerId: LedgerId): AsyncGenerator<CheckResult> {
  const store = openReadOnlyEventStore(folder);
  try {
    yield { check: "file", title: "the ledger's file: SQLite's own check, positions and revisions without holes", looked: "events.sqlite", problems: store.integrity() };
    const seen = new Seen();
    for await (const event of eventsOf(store, ledgerId)) seen.look(event);
    yield { check: "events", title: "every payload parses and is understood by this release", looked: `${seen.count} events`, problems: seen.unreadable };
    yield { check: "commands", title: "every command id stands for one command on its stream", looked: `${seen.commands} commands`, problems: seen.reused };
    yield await checkEvidence(folder, seen.evidence);
    yield await checkReadModels(folder, store, ledgerId);
  } finally {
    await store.close();
  }
}

async function* eventsOf(store: EventStore, ledgerId: LedgerId): AsyncGenerator<StoredEvent> {
  let from: Position | undefined;
  for (;;) {
    const page = await store.readAll({ direction: "forwards", limit: PAGE, filter: { streamPrefix: streamPrefix(ledgerId) }, ...(from !== undefined && { from }) });
    if (page.kind === "store-unavailable") throw new LedgerError({ code: "DATA_FOLDER_CORRUPT", message: `the ledger cannot be read to its end (${page.reason}); restore a backup into another folder` });
    yield* page.events;
    if (page.isEnd || page.next === undefined) return;
    from = page.next;
  }
}

/** What one pass over all events finds. */
class Seen {
  count = 0;
  readonly unreadable: string[] = [];
  readonly reused: string[] = [];
  /** Digest → size in bytes, as recorded. */
  readonly evidence = new Map<string, number>();
  readonly #digests = new Map<string, string>();

  get commands(): number {
    return this.#digests.size;
  }

  look(stored: StoredEvent): void {
    this.count += 1;
    const decoded = decodeStored(stored);
    if ("refusal" in decoded) {
      if (this.unreadable.length < MOST) this.unreadable.push(`position ${stored.position}: ${decoded.refusal.message}`);
      return;
    }
    const { event, meta, stream, position } = decoded;
    const key = `${stream} ${meta.commandId}`;
    const known = this.#digests.get(key);
    if (known !== undefined && known !== meta.commandDigest && this.reused.length < MOST) this.reused.push(`position ${position}: the command id ${meta.commandId} stands for another command on ${stream} already`);
    this.#digests.set(key, known ?? meta.commandDigest);
    if (event.type === "EvidenceAttached") this.evidence.set(event.data.sha256, event.data.sizeBytes);
  }
}

async function checkEvidence(folder: string, recorded: ReadonlyMap<string, number>): Promise<CheckResult> {
  const evidence = createFileEvidence({ folder: join(folder, EVIDENCE_FOLDER) });
  const problems: string[] = [];
  let files = 0;
  for await (const finding of evidence.verify()) {
    files += 1;
    if (finding.kind === "altered") problems.push(`the file ${finding.sha256} was altered: its content now has the digest ${finding.actualSha256}`);
    else if (finding.kind === "unreadable") problems.push(`the file ${finding.sha256} cannot be read: ${finding.detail}`);
    else if (finding.kind === "stray") problems.push(`${finding.path} is no evidence; it was not put there by the ledger`);
  }
  for (const [sha256, sizeBytes] of recorded) {
    const actual = await evidence.sizeOf(sha256);
    if (actual === undefined) problems.push(`the file ${sha256}, which an event names, is missing`);
    else if (actual !== sizeBytes) problems.push(`the file ${sha256} has ${actual} bytes, not the ${sizeBytes} that were recorded`);
  }
  return { check: "evidence", title: "every evidence file is there and has the digest of its name", looked: `${files} files`, problems: problems.slice(0, MOST) };
}

async function checkReadModels(folder: string, store: SqliteEventStore, ledgerId: LedgerId): Promise<CheckResult> {
  const file = join(folder, READ_MODELS_FILE);
  const title = "the read models equal a fresh fold of the events";
  if (!existsSync(file)) return { check: "read-models", title, looked: "none yet; they are built at the next start", problems: [] };
  try {
    const differences = await compareWithFreshFold({ store, ledgerId, file });
    return { check: "read-models", title, looked: READ_MODELS_FILE, problems: differences.map(({ readModel, key, kind, detail }) => `${readModel} ${key}: ${kind}, ${detail}`) };
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== "READ_MODEL_BUILDING") throw error;
    return { check: "read-models", title, looked: READ_MODELS_FILE, problems: ["the file is damaged, or not that of this ledger and release"] };
  }
}
