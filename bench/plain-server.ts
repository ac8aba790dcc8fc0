import { join } from "node:path";
import express from "express";
import { instant } from "../src/kernel/brand.js";
import { OPEN_ENDED } from "../src/kernel/projection.js";
import { openReadOnlyEventStore } from "../src/eventstore/sqlite.js";
import { EVERYTHING } from "../src/readmodel/knowledge.js";
import { openReadModelForReading } from "../src/readmodel/open-for-reading.js";
import { openDatabase, type SqlRow, type SqlValue } from "../src/sqlite/driver.js";
import { BENCH_LEDGER } from "./prepared-ledger.js";

/**
 * The baseline of bench/graphql.ts: plain express that runs the statement that the product runs for a first page of incidents, with the same values,
 * prepared once, and serves the same JSON. Nothing is parsed, checked, logged or looked up.
 */
const FIRST = 20;
const [, , folder = ""] = process.argv;
const file = join(folder, "readmodels.sqlite");

/** The product's own statement, with a `?` for each value, and the values. */
async function statementOfProduct(): Promise<{ readonly sql: string; readonly values: readonly SqlValue[] }> {
  const store = openReadOnlyEventStore(folder);
  const statements: string[] = [];
  const readModel = openReadModelForReading({ store, ledgerId: BENCH_LEDGER, file, notify: () => undefined, onStatement: (sql) => statements.push(sql) });
  const knowledge = await readModel.resolve({ kind: "now" }, instant(Date.now()));
  statements.length = 0;
  readModel.at(knowledge, EVERYTHING).listIncidents({}, { by: "started", direction: "descending" }, { first: FIRST });
  await readModel.close();
  await store.close();
  const [sql] = statements;
  if (sql === undefined || statements.length > 1) throw new Error(`a page of incidents took ${statements.length} statements instead of one`);
  const named: Readonly<Record<string, number>> = { known: knowledge.ordinal, limit: FIRST + 1 };
  const values: SqlValue[] = [];
  const positional = sql.replace(/:([a-z_]+)/g, (_, name: string) => {
    values.push(named[name] ?? NaN);
    return "?";
  });
  return { sql: positional, values };
}

function isoOf(ms: SqlValue | undefined): string {
  return new Date(Number(ms)).toISOString().replace(".000Z", "Z");
}

function nodeOf({ incident_id: id, title, status, severity, started, ended }: SqlRow) {
  return {
    id, title, status: String(status).toUpperCase(), severity: severity === null ? null : String(severity).toUpperCase(),
    startedAt: isoOf(started), endedAt: ended === OPEN_ENDED ? null : isoOf(ended),
  };
}

const { sql, values } = await statementOfProduct();
const database = openDatabase(file, { readOnly: true });
const statement = database.prepare(sql);
const app = express();
app.get("/incidents", (_req, res) => {
  res.json({ data: { incidents: { nodes: statement.all(...values).slice(0, FIRST).map(nodeOf) } } });
});
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});
process.once("SIGTERM", () => {
  database.close();
  process.exit();
});
