import { join } from "node:path";
import { instant } from "../src/kernel/brand.js";
import { openSqliteEventStore } from "../src/eventstore/sqlite.js";
import { EVERYTHING } from "../src/readmodel/knowledge.js";
import { openReadModel } from "../src/readmodel/open.js";
import { impactReport } from "../src/reports/impact.js";
import { UTC } from "../src/time/zone.js";
import { compare, type Measured } from "./harness.js";
import { bodyOf, BODIES, monthStart } from "./history.js";
import { BENCH_LEDGER } from "./prepared-ledger.js";

export interface ImpactLedger {
  readonly folder: string;
  readonly events: number;
}

/** Impact of one body for one month, on a large ledger, against the identical body-month in a small one. */
export async function impactOfBodyMonth(large: ImpactLedger, small: ImpactLedger, { month, runs }: { readonly month: number; readonly runs: number }): Promise<Measured> {
  const [ours, baseline] = [await asking(large.folder, month), await asking(small.folder, month)];
  try {
    return await compare({
      what: `impact of one body for one month, on a ledger of ${large.events.toLocaleString("en-US")} events`,
      against: `the identical body-month in a ledger of ${small.events.toLocaleString("en-US")}`,
      unit: "ms",
      goal: { atMost: 2 },
      runs,
      ours: ours.ask,
      baseline: baseline.ask,
    });
  } finally {
    await ours.close();
    await baseline.close();
  }
}

/** The mean over every body, after a first round that fills the caches. */
async function asking(folder: string, month: number) {
  const store = openSqliteEventStore({ folder });
  const readModel = await openReadModel({ store, ledgerId: BENCH_LEDGER, file: join(folder, "readmodels.sqlite"), notify: (notice) => console.error(notice) });
  await readModel.waitUntilCaughtUp(3_600_000);
  const period = { start: monthStart(month), end: monthStart(month + 1) };
  const round = async (): Promise<number> => {
    const begun = process.hrtime.bigint();
    for (let n = 0; n < BODIES; n += 1) {
      const known = readModel.at(await readModel.resolve({ kind: "now" }, instant(Date.now())), EVERYTHING);
      const report = impactReport(known, bodyOf(n), { period, zone: UTC });
      if (report.disruptions.length === 0) throw new Error("a month without disruptions measures nothing");
    }
    return Number(process.hrtime.bigint() - begun) / 1e6 / BODIES;
  };
  await round();
  return {
    ask: round,
    close: async () => {
      await readModel.close();
      await store.close();
    },
  };
}
