import { join } from "node:path";
import { assessments } from "./assessment/rows.js";
import { appendsOneAfterAnother, concurrentAppends } from "./append.js";
import { catchUp } from "./catchup.js";
import { namedServer, replayingServer, testServer } from "./eventstoredb/benched-store.js";
import { appendsToServer, catchUpFromServer, memoryWhileReading } from "./eventstoredb/rows.js";
import { markdown, type Measured } from "./harness.js";
import { history, MONTHS } from "./history.js";
import { graphqlIncidents } from "./graphql.js";
import { impactOfBodyMonth } from "./impact.js";
import { BENCH_LEDGER, prepareLedger } from "./prepared-ledger.js";
import { whileCatchingUp } from "./while-catching-up.js";

/** Where the invented histories are kept between runs; some gigabytes. */
const folder = process.env["BENCH_DIR"] ?? join(process.cwd(), "bench-data");
const months = Number(process.env["BENCH_MONTHS"] ?? MONTHS);
const runs = Number(process.env["BENCH_RUNS"] ?? 5);
const month = months >> 1;

/** In the order in which they run when none is named. */
const GROUPS = { appends, ledger, assessment, eventstoredb };

/** The embedded store. */
async function appends(): Promise<readonly Measured[]> {
  return [await appendsOneAfterAnother(runs), await concurrentAppends(runs)];
}

/** Read models, reports and GraphQL on the invented histories. */
async function ledger(): Promise<readonly Measured[]> {
  const large = { folder: join(folder, `months-${months}`), events: 0 };
  large.events = await prepareLedger(large.folder, history(BENCH_LEDGER, Array.from({ length: months }, (_, each) => each)));
  const small = { folder: join(folder, `month-${month}`), events: 0 };
  small.events = await prepareLedger(small.folder, history(BENCH_LEDGER, [month]));
  return [
    await catchUp(large.folder, large.events, runs),
    await impactOfBodyMonth(large, small, { month, runs }),
    await graphqlIncidents(large.folder, large.events, runs),
    ...(await whileCatchingUp(large.folder, large.events)),
  ];
}

/** Service levels of a contract. */
function assessment(): Promise<readonly Measured[]> {
  return assessments(folder, runs);
}

/** The adapter of EventStoreDB: against the test server, and against the real one that is named. */
async function eventstoredb(): Promise<readonly Measured[]> {
  const url = process.env["EVENTSTORE_URL"] ?? "";
  const rows: Measured[] = [];
  for (const server of url === "" ? [testServer] : [testServer, namedServer(url)]) {
    rows.push(...(await appendsToServer(server, runs)), await catchUpFromServer(server, runs), await memoryWhileReading(server));
    if (server === testServer) rows.push(await catchUpFromServer(replayingServer, runs));
  }
  return rows;
}

function isGroup(name: string): name is keyof typeof GROUPS {
  return Object.hasOwn(GROUPS, name);
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !isGroup(name));
if (unknown.length > 0) throw new RangeError(`there is no group of benches ${unknown.join(", ")}; there are ${Object.keys(GROUPS).join(", ")}`);
const chosen = named.length === 0 ? Object.keys(GROUPS) : named;
const rows: Measured[] = [];
for (const name of chosen.filter(isGroup)) rows.push(...(await GROUPS[name]()));
console.log(markdown(rows));
