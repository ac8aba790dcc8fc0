import { join } from "node:path";
import { catchUp } from "./catchup.js";
import { markdown, type Measured } from "./harness.js";
import { MONTHS } from "./history.js";
import { prepareLedger } from "./prepared-ledger.js";

const folder = process.env["BENCH_DIR"] ?? join(process.cwd(), "bench-data");
const months = Number(process.env["BENCH_MONTHS"] ?? MONTHS);
const runs = Number(process.env["BENCH_RUNS"] ?? 5);

const large = join(folder, `months-${months}`);
const events = await prepareLedger(large, Array.from({ length: months }, (_, month) => month));
const rows: Measured[] = [await catchUp(large, events, runs)];
console.log(markdown(rows));
