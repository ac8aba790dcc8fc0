import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { z } from "zod";
import { instant } from "../../../src/kernel/brand.js";
import { assess } from "../../../src/reports/assessment/assessment.js";
import { canonicalFigures } from "../../../src/reports/assessment/canonical.js";
import { frozenTime, RecordedTime } from "../../../src/reports/terms/recorded-time.js";
import { liveTime, type TimeSource } from "../../../src/reports/terms/time-source.js";
import type { Span } from "../../../src/time/span.js";
import { digestsOf, frozen, sampleOf } from "./freezing.js";
import { LONGER, MONTHS, freezable, stories } from "./stories.js";
import { AFTER, CONTRACT, frameOf, naiveLedgerOf, periodOf, recorded } from "./told.js";

const run = promisify(execFile);
const digests = z.object({ live: z.string(), reproduced: z.string() });
const answer = z.object({ zone: z.string(), offset: z.number(), told: z.array(digests.extend({ frozen: z.string() })), lied: z.array(digests) });

/** Hours and windows as another machine may know them: an hour and a quarter later than here. */
function lyingTime(): TimeSource {
  const honest = liveTime();
  const later = ({ start, end }: Span): Span => ({ start: instant(start + 4_500_000), end: instant(end + 4_500_000) });
  const earlier = ({ start, end }: Span): Span => ({ start: instant(start - 4_500_000), end: instant(end - 4_500_000) });
  const hours: TimeSource["hours"] = (row, calendar, within) => honest.hours(row, calendar, earlier(within)).map(later);
  return { ...honest, hours, calendar: (row, name) => ({ expand: (within) => hours(row, name, within) }), windows: (row, window, within) => honest.windows(row, window, earlier(within)).map(later) };
}

describe("frozen computations", function () {
  this.timeout(60_000);

  it("are reproduced to the byte from their ledger, with a digest of just these bytes", () => {
    fc.assert(fc.property(stories([...MONTHS, ...LONGER.slice(0, 2)].map(frameOf)), (story) => {
      const computed = frozen(freezable(story));
      const { live, reproduced } = digestsOf(computed);
      expect({ live, reproduced }).to.deep.equal({ live: computed.computation.digest, reproduced: computed.computation.digest });
    }), { numRuns: 60 });
  });

  it("rest on the hours and windows that were frozen, not on those of the machine that works them out anew", () => {
    let differing = 0;
    fc.assert(fc.property(stories(MONTHS.map(frameOf)), (told) => {
      const story = freezable(told);
      const known = recorded(naiveLedgerOf(story), story.frame.label).known(AFTER);
      const figures = (time: TimeSource): string => canonicalFigures(assess(known, CONTRACT, periodOf(story), { asOf: AFTER, time }));
      const recording = new RecordedTime(lyingTime());
      const lied = figures(recording);
      expect(figures(frozenTime(recording.frozen({ zoneData: "", holidayData: "" })))).to.equal(lied);
      differing += Number(lied !== figures(liveTime()));
    }), { numRuns: 60 });
    expect(differing, "the lie makes a difference").to.be.greaterThan(10);
  });

  it("and live ones are the same bytes in any time zone of the process; frozen ones also with other zone data", async () => {
    const [seed, count] = [20190925, 25];
    const here = sampleOf(seed, count).map((story) => frozen(story).computation.digest);
    expect(new Set(here).size, "stories that differ").to.be.greaterThan(20);
    const answers = await Promise.all([["Pacific/Apia", "Asia/Kathmandu"], ["America/St_Johns", "America/Anchorage"]].map(async ([zone = "", lie = ""]) => {
      const { stdout } = await run(process.execPath, ["--import", "tsx", "--no-experimental-require-module", join(import.meta.dirname, "assessing-process.ts"), String(seed), String(count), lie], { env: { ...process.env, TZ: zone } });
      return answer.parse(JSON.parse(stdout));
    }));
    expect(new Set(answers.map(({ offset }) => offset)).size, "the processes live in other zones").to.equal(2);
    for (const { told, lied } of answers) {
      expect(told).to.deep.equal(here.map((digest) => ({ frozen: digest, live: digest, reproduced: digest })));
      expect(lied.map(({ reproduced }) => reproduced)).to.deep.equal(here);
      expect(lied.filter(({ live }, index) => live !== here[index]).length, "the lie makes a difference").to.be.greaterThan(5);
    }
  });
});
