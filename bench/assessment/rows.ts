import { join } from "node:path";
import { instant } from "../../src/kernel/brand.js";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { EVERYTHING } from "../../src/readmodel/knowledge.js";
import type { KnownLedger } from "../../src/readmodel/known-ledger.js";
import { openReadModel } from "../../src/readmodel/open.js";
import { assess, type AssessmentOptions } from "../../src/reports/assessment/assessment.js";
import { assessedPeriod, labelsWithin, type AssessedPeriod } from "../../src/reports/assessment/period.js";
import { span } from "../../src/time/span.js";
import { ROME } from "../../src/time/zone.js";
import { compare, type Measured } from "../harness.js";
import { BENCH_LEDGER, prepareLedger } from "../prepared-ledger.js";
import { bodyOf, BODIES, contractYear, DISRUPTIONS_PER_INCIDENT, MONTHS, YEAR } from "./contract-year.js";
import { bareSweep, rowsOf } from "./sweep.js";
import { CONTRACT } from "./terms.js";

const INCIDENTS = 5_000;
const MONTH = 8;

/** All months, quarters and the year: all indicators, each over its own periods. */
const ALL = labelsWithin(String(YEAR)).map(periodOf);
const MONTHLY = ALL.filter(({ kind }) => kind === "month");

/** Assessing a contract of 100 bodies and 40 services for a year; twice the disruptions; a bare sweep line; a month of one body. */
export async function assessments(folder: string, runs: number): Promise<readonly Measured[]> {
  const year = await opened(folder, "contract-year", INCIDENTS);
  const twice = await opened(folder, "contract-year-twice", 2 * INCIDENTS);
  const alone = await opened(folder, "contract-month", INCIDENTS, [MONTH]);
  const disruptions = (INCIDENTS * DISRUPTIONS_PER_INCIDENT).toLocaleString("en-US");
  const what = `assessing a contract of 100 bodies, 40 services and ${disruptions} disruptions for a year, all indicators`;
  const [january, december] = [MONTHLY[0], MONTHLY.at(-1)];
  if (january === undefined || december === undefined) throw new Error("a year without months");
  const rows = rowsOf(year.known, span(january.span.start, december.span.end));
  const spans = ALL.map((period) => period.span);
  const wholeYear = () => assessing(year.known, ALL);
  try {
    wholeYear();
    return [
      await compare({ what: `${what}, twice the disruptions`, against: "once", unit: "ms", goal: { atMost: 2.2 }, runs, ours: () => assessing(twice.known, ALL), baseline: wholeYear }),
      await compare({ what: `${what}, reading included`, against: "a bare sweep line over the same rows in memory and for the same periods, that only sums", unit: "ms", goal: { atMost: 4 }, runs, ours: wholeYear, baseline: () => timed(() => bareSweep(rows, spans)) }),
      await compare({ what: "a month of one body out of that ledger", against: "a ledger with that month alone", unit: "ms", goal: { atMost: 1.5 }, runs, ours: () => bodyMonths(year.known), baseline: () => bodyMonths(alone.known) }),
    ];
  } finally {
    for (const each of [year, twice, alone]) await each.close();
  }
}

function periodOf(label: string): AssessedPeriod {
  const period = assessedPeriod(label, ROME);
  if (!period.ok) throw new Error(period.refusal.message);
  return period.value;
}

/** The periods one after another, each as it is asked for by itself, from the read model file. In ms. */
function assessing(known: KnownLedger, periods: readonly AssessedPeriod[], options: AssessmentOptions = {}): number {
  return timed(() => periods.reduce((levels, period) => levels + assess(known, CONTRACT, period, options).levels.length, 0));
}

/** The mean over every body that had its services all the year. In ms. */
function bodyMonths(known: KnownLedger): number {
  const period = MONTHLY.slice(MONTH, MONTH + 1);
  const each = Array.from({ length: BODIES }, (_, n) => assessing(known, period, { only: { bodyId: bodyOf(n) } }));
  return each.reduce((total, ms) => total + ms, 0) / BODIES;
}

/** In ms. */
function timed(work: () => number): number {
  const begun = performance.now();
  if (work() === 0) throw new Error("a year without disruptions measures nothing");
  return performance.now() - begun;
}

async function opened(within: string, name: string, incidents: number, months = MONTHS) {
  const folder = join(within, name);
  await prepareLedger(folder, contractYear(BENCH_LEDGER, incidents, months));
  const store = openSqliteEventStore({ folder });
  const readModel = await openReadModel({ store, ledgerId: BENCH_LEDGER, file: join(folder, "readmodels.sqlite"), notify: (notice) => console.error(notice) });
  await readModel.waitUntilCaughtUp(3_600_000);
  const known = readModel.at(await readModel.resolve({ kind: "now" }, instant(Date.now())), EVERYTHING);
  return {
    known,
    close: async () => {
      await readModel.close();
      await store.close();
    },
  };
}
