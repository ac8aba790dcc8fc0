import { PROJECTIONS, type SomeProjection } from "../../projections/index.js";
import type { EventFilter, EventStore } from "../eventstore/port.js";
import type { LedgerId } from "../kernel/brand.js";
import { streamPrefix } from "../kernel/stream.js";
import { Rows, type Database, type SqlRow } from "../sqlite/driver.js";
import { alignCatalogue, readCatalogue } from "./catalogue.js";
import { openForReading, openTemporary, readProgress } from "./file.js";
import { Intake, writersOf } from "./intake.js";
import { eventsUpTo } from "./pages.js";
import type { RowDifference } from "./port.js";
import { inSlices } from "./slices.js";
import { physicalName } from "./table.js";

/** Most differences that are named. */
const MOST = 100;

export interface ComparisonOptions {
  readonly store: EventStore;
  readonly ledgerId: LedgerId;
  readonly file: string;
}

/**
 * Folds all events anew, up to where the file is, and compares every row of every read model with the file, which may be in use by a running
 * server. An empty list says that they are equal; at most 100 differences are named. Rejects with LedgerError READ_MODEL_BUILDING where there is no
 * file yet, STORE_UNAVAILABLE.
 */
export async function compareWithFreshFold({ store, ledgerId, file }: ComparisonOptions): Promise<readonly RowDifference[]> {
  const kept = openForReading(file, ledgerId);
  try {
    kept.exec("BEGIN");
    const filter: EventFilter = { streamPrefix: streamPrefix(ledgerId) };
    const fresh = openTemporary(ledgerId);
    fresh.exec("BEGIN");
    alignCatalogue(fresh, 0);
    const builds = new Map(readCatalogue(fresh).map(({ name, build }) => [name, build]));
    const intake = new Intake(fresh, writersOf(fresh, PROJECTIONS, ({ name }) => builds.get(name) ?? 0));
    for await (const events of eventsUpTo(store, filter, readProgress(kept).position)) {
      await inSlices(events, (stored) => void intake.take(stored));
      intake.save();
    }
    fresh.exec("COMMIT");
    const differences = [...compareCheckpoints(kept, fresh)];
    for (const table of ["ordinals", "skipped"]) differences.push(...(await compareRows(table, numbered(kept, table), numbered(fresh, table))));
    for (const projection of PROJECTIONS) differences.push(...(await compareReadModel(projection, kept, fresh)));
    fresh.close();
    return differences.slice(0, MOST);
  } finally {
    kept.close();
  }
}

function* compareCheckpoints(kept: Database, fresh: Database): Generator<RowDifference> {
  const [is, should] = [readProgress(kept), readProgress(fresh)];
  if (is.ordinal !== should.ordinal) yield { readModel: "progress", key: "ordinal", kind: "different", detail: `${is.ordinal} events taken, ${should.ordinal} in the store` };
}

async function compareReadModel(projection: SomeProjection, kept: Database, fresh: Database): Promise<readonly RowDifference[]> {
  const { name, version } = projection;
  const entry = readCatalogue(kept).find((each) => each.name === name && each.role === "live" && each.version === version);
  const build = readCatalogue(fresh).find((each) => each.name === name)?.build ?? 0;
  if (entry === undefined) return [{ readModel: name, key: "", kind: "missing", detail: `version ${version} is not in the file; it is being built, or the server must run once` }];
  return compareRows(name, versionsOf(kept, physicalName(projection, entry.build)), versionsOf(fresh, physicalName(projection, build)));
}

async function compareRows(name: string, is: Rows, should: Rows): Promise<readonly RowDifference[]> {
  const differences: RowDifference[] = [];
  await inSlices(merged(is, should), ([a, b]) => {
    const difference = differenceOf(name, a, b);
    if (difference !== undefined && differences.length < MOST) differences.push(difference);
  });
  return differences;
}

/** All versions of all rows, by key and by when they became known. */
function versionsOf(database: Database, physical: string): Rows {
  return new Rows(database, `SELECT * FROM ${physical} ORDER BY key, known_from`);
}
/** Rows with one ordinal each, as if they had versions. */
function numbered(database: Database, table: string): Rows {
  return new Rows(database, `SELECT *, '' AS key, ordinal AS known_from FROM ${table} ORDER BY ordinal`);
}
function nextOf(rows: Rows): SqlRow | undefined {
  const result = rows.next();
  return result.done === true ? undefined : result.value;
}

/** Pairs the rows of two sorted lists by key and version. */
function* merged(is: Rows, should: Rows): Generator<readonly [SqlRow | undefined, SqlRow | undefined]> {
  let [a, b] = [nextOf(is), nextOf(should)];
  while (a !== undefined || b !== undefined) {
    const order = compared(a, b);
    yield [order <= 0 ? a : undefined, order >= 0 ? b : undefined];
    if (order <= 0) a = nextOf(is);
    if (order >= 0) b = nextOf(should);
  }
}

/** Before, at or after, in the order of `rowsOf`; a list that has ended comes last. */
function compared(a: SqlRow | undefined, b: SqlRow | undefined): number {
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  const bytes = Buffer.compare(Buffer.from(String(a["key"])), Buffer.from(String(b["key"])));
  return bytes !== 0 ? bytes : Number(a["known_from"]) - Number(b["known_from"]);
}

function differenceOf(readModel: string, a: SqlRow | undefined, b: SqlRow | undefined): RowDifference | undefined {
  const key = String((a ?? b)?.["key"]);
  if (a === undefined) return { readModel, key, kind: "missing", detail: "the events make a version of this row that the file lacks" };
  if (b === undefined) return { readModel, key, kind: "unexpected", detail: "the file holds a version of this row that the events do not make" };
  const column = Object.keys(b).find((name) => name !== "id" && a[name] !== b[name]);
  if (column === undefined) return undefined;
  return { readModel, key, kind: "different", detail: `${column} is ${String(a[column])} and should be ${String(b[column])}` };
}
