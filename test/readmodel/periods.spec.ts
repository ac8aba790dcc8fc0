import { expect } from "chai";
import fc from "fast-check";
import { answersOf, expectSame } from "./answers.js";
import { expectedAnswers } from "./brute-force.js";
import { instant, disruptionId, type Instant } from "../../src/kernel/brand.js";
import type { TimeSpan } from "../../src/kernel/projection.js";
import type { LedgerCommand } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { CATALOGUED, CLOUD_OUTAGE, ENDED, LECCO, OPENED, PROTOCOLLO, REPORTED } from "../support/lecco.js";
import { histories, historyOf } from "./histories.js";
import { knownAt, onLedger } from "./kept-ledger.js";

describe("every query of the read models", () => {
  it("answers at every position what a search through all rows of the history up to there finds", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 120 }), fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), async (history, picked) => {
        const ids = history.map(({ id }) => id);
        await onLedger(async (ledger) => {
          await ledger.append(history);
          const readModel = await ledger.caughtUp();
          for (const cut of [history.length, ...picked.map((n) => 1 + (n % history.length))]) {
            const last = history[cut - 1];
            if (last === undefined) throw new RangeError("a cut lies in the history");
            const known = await knownAt(readModel, { kind: "position", position: last.position });
            expectSame(answersOf(known, ids), expectedAnswers(history.slice(0, cut), ids));
          }
        });
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});

describe("what lies in a period", () => {
  const tenth = at("2019-09-25T10:00:00Z");
  const minute = (n: number): Instant => instant(tenth + n * 60_000);
  const period: TimeSpan = { start: minute(0), end: minute(60) };

  /** Disruptions of the service by their minutes; without an end it goes on. */
  async function found(...lengths: readonly (readonly [from: number, to?: number])[]): Promise<readonly string[]> {
    const disrupted = lengths.flatMap(([from, to], n): LedgerCommand[] => {
      const base = { incidentId: CLOUD_OUTAGE, disruptionId: disruptionId(`d${n}`) };
      const opening: LedgerCommand = { type: "OpenDisruption", data: { ...base, serviceId: PROTOCOLLO, scope: { kind: "all" }, degree: "outage", occurredAt: minute(from) } };
      return to === undefined ? [opening] : [opening, { type: "EndDisruption", data: { ...base, occurredAt: minute(to) } }];
    });
    return onLedger(async (ledger) => {
      await ledger.append(historyOf({ type: "ReportIncident", data: { ...REPORTED.data, occurredAt: minute(-600) } }, ...disrupted));
      const known = await knownAt(await ledger.caughtUp());
      return (known.disruptionsOfServices([PROTOCOLLO], period).get(PROTOCOLLO) ?? []).map((row) => row.disruptionId);
    });
  }

  it("is half-open at both sides: what ends as it begins, and what begins as it ends, is outside", async () => {
    expect(await found([-30, 0], [-30, 1], [0, 60], [59, 90], [60, 90])).to.deep.equal(["d1", "d2", "d3"]);
  });
  it("holds what has no length where it lies", async () => {
    expect(await found([-1, -1], [0, 0], [59, 59], [60, 60])).to.deep.equal(["d1", "d2"]);
  });
  it("holds what goes on, however long ago it began", async () => {
    expect(await found([-500], [-1], [60])).to.deep.equal(["d0", "d1"]);
  });
  it("finds disruptions of every length that reach into it", async () => {
    const sizes = Array.from({ length: 25 }, (_, n) => 2 ** n);
    expect(await found(...sizes.map((size) => [-size, 1] as const))).to.have.length(25);
  });
});

describe("which incidents hit a body", () => {
  const ten = at("2019-09-25T10:00:00Z");
  const noon = at("2019-09-25T12:00:00Z");
  const catalogue: readonly LedgerCommand[] = [{ type: "CatalogueService", data: CATALOGUED.data }, { type: "ReportIncident", data: REPORTED.data }];
  const open = (from: Instant): LedgerCommand => ({ type: "OpenDisruption", data: { ...OPENED.data, occurredAt: from } });
  const end = (to: Instant): LedgerCommand => ({ type: "EndDisruption", data: { ...ENDED.data, occurredAt: to } });
  const adopt = (from: Instant): LedgerCommand => ({ type: "AdoptService", data: { serviceId: PROTOCOLLO, bodyId: LECCO, effectiveFrom: from } });
  const drop = (from: Instant): LedgerCommand => ({ type: "DropService", data: { serviceId: PROTOCOLLO, bodyId: LECCO, effectiveFrom: from } });

  async function hits(...commands: readonly LedgerCommand[]): Promise<boolean> {
    return onLedger(async (ledger) => {
      await ledger.append(historyOf(...catalogue, ...commands));
      const known = await knownAt(await ledger.caughtUp());
      return known.listIncidents({ bodyId: LECCO }, { by: "started", direction: "ascending" }, { first: 10 }).edges.length > 0;
    });
  }

  it("a disruption within its adoption, also one without length", async () => {
    expect(await hits(adopt(ten), open(noon))).to.be.true;
    expect(await hits(adopt(ten), open(ten), end(ten))).to.be.true;
    expect(await hits(adopt(ten), drop(noon), adopt(noon), open(noon))).to.be.true;
  });
  it("not one before its adoption or after it has dropped the service", async () => {
    expect(await hits(adopt(noon), open(ten), end(noon))).to.be.false;
    expect(await hits(adopt(ten), drop(noon), open(noon), end(noon))).to.be.false;
  });
  it("not one of a service that it adopted and dropped in the same instant", async () => {
    expect(await hits(adopt(noon), drop(noon), open(ten))).to.be.false;
  });
});
