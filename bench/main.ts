import { join } from "node:path";
import { appendsOneAfterAnother, concurrentAppends } from "./append.js";
import { catchUp } from "./catchup.js";
import { markdown, type Measured } from "./harness.js";
import { MONTHS } from "./history.js";
import { graphqlIncidents } from "./graphql.js";
import { impactOfBodyMonth } from "./impact.js";
import { prepareLedger } from "./prepared-ledger.js";
import { whileCatchingUp } from "./while-catching-up.js";

/** Where the invented histories are kept between runs; some gigabytes. */
const folder = process.env["BENCH_DIR"] ?? join(process.cwd(), "bench-data");
const months = Number(process.env["BENCH_MONTHS"] ?? MONTHS);
const runs = Number(process.env["BENCH_RUNS"] ?? 5);
const month = months >> 1;

const rows: Measured[] = [];
rows.push(await appendsOneAfterAnother(runs));
rows.push(await concurrentAppends(runs));

const large = { folder: join(folder, `months-${months}`), events: 0 };
large.events = await prepareLedger(large.folder, Array.from({ length: months }, (_, each) => each));
const small = { folder: join(folder, `month-${month}`), events: 0 };
small.events = await prepareLedger(small.folder, [month]);

rows.push(await catchUp(large.folder, large.events, runs));
rows.push(await impactOfBodyMonth(large, small, { month, runs }));
rows.push(await graphqlIncidents(large.folder, large.events, runs));
rows.push(...(await whileCatchingUp(large.folder, large.events)));
console.log(markdown(rows));
