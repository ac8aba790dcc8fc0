import { expect } from "chai";
import fc from "fast-check";
import { PROJECTIONS, type SomeProjection } from "../../projections/index.js";
import { maintenance } from "../../projections/maintenance.js";
import { timeline } from "../../projections/timeline.js";
import { OPEN_ENDED } from "../../src/kernel/projection.js";
import { EVENT_OF } from "../../src/domain/commands.js";
import { standingRecords } from "../../src/domain/standing.js";
import { disruptions } from "../../projections/disruptions.js";
import { byTime } from "../../src/domain/incident/order.js";
import { foldedRows } from "../readmodel/brute-force.js";
import { histories, type History } from "../readmodel/histories.js";

/** The history as it would be if everything had been recorded right at once: what stands, under its own ids, and nothing that was withdrawn. */
function asItStands(history: History): History {
  const standing = new Map(standingRecords(history).filter(({ withdrawn }) => !withdrawn).map(({ eventId, fact }) => [eventId, fact]));
  return history.flatMap((recorded) => {
    const fact = standing.get(recorded.id);
    return fact === undefined ? [] : [{ ...recorded, event: fact }];
  });
}
/** Without what a row says of its corrections, which a history that was right at once has not. */
function rowsOf(projection: SomeProjection, history: History): readonly string[] {
  return projection.use((known) => foldedRows(known, history)).map((row) => JSON.stringify(row, (name, value: unknown) => (name === "versions" ? undefined : value))).sort();
}

describe("random histories", () => {
  it("hold facts of every type, so that no law about them is empty", () => {
    const types = new Set(fc.sample(histories({ maxMoves: 150 }), { numRuns: 60, seed: 20190925 }).flatMap((history) => history.map(({ event }) => event.type)));
    expect([...types]).to.include.members([...Object.values(EVENT_OF), "RecordCorrected", "RecordWithdrawn"]);
  });
});

describe("the rows of every read model but the timeline", () => {
  for (const projection of PROJECTIONS.filter(({ name }) => name !== timeline.name)) {
    it(`${projection.name}: after corrections and withdrawals are those of a history that said so from the beginning`, () => {
      fc.assert(fc.property(histories({ maxMoves: 150 }), (history) => {
        expect(rowsOf(projection, history)).to.deep.equal(rowsOf(projection, asItStands(history)));
      }), { numRuns: 40 });
    });
  }
});

describe("maintenance", () => {
  it("keeps every version that was announced, when each was recorded, and last the one that holds", () => {
    fc.assert(fc.property(histories({ maxMoves: 150 }), (history) => {
      for (const { eventId, versions, serviceIds, started, ended } of foldedRows(maintenance, history)) {
        const said = history.flatMap(({ id, event, meta: { recordedAt } }) => {
          const fact = id === eventId ? event : event.type === "RecordCorrected" && event.data.eventId === eventId ? event.data.after : undefined;
          return fact?.type === "MaintenanceAnnounced" ? [{ recordedAt, serviceIds: fact.data.serviceIds, start: fact.data.window.start, end: fact.data.window.end }] : [];
        });
        expect(versions.map(({ recordedAt, ...version }) => ({ recordedAt, serviceIds: version.serviceIds, start: version.start, end: version.end }))).to.deep.equal(said);
        expect(versions.at(-1)).to.deep.include({ serviceIds, start: started, end: ended });
      }
    }), { numRuns: 40 });
  });
});

describe("the timeline", () => {
  it("has an entry for every fact ever recorded, which says what stands, and as withdrawn those that do not", () => {
    fc.assert(fc.property(histories({ maxMoves: 150 }), (history) => {
      const standing = standingRecords(history);
      const entries = foldedRows(timeline, history);
      expect(entries.map(({ eventId, fact, withdrawal }) => ({ eventId, fact, withdrawn: withdrawal !== undefined }))).to.deep.equal(standing);
      const amendments = history.length - entries.length;
      expect(entries.reduce((sum, { corrections, withdrawal }) => sum + corrections.length + (withdrawal === undefined ? 0 : 1), 0)).to.equal(amendments);
    }), { numRuns: 40 });
  });
  it("keeps, correction by correction, what each record said", () => {
    fc.assert(fc.property(histories({ maxMoves: 150 }), (history) => {
      const said = new Map(history.map(({ id, event }) => [id, event]));
      for (const { eventId, corrections, fact } of foldedRows(timeline, history)) {
        const afters = corrections.map((correction) => said.get(correction.eventId)).map((event) => (event?.type === "RecordCorrected" ? event.data.after : undefined));
        expect([said.get(eventId), ...afters]).to.deep.equal([...corrections.map(({ before }) => before), fact]);
      }
    }), { numRuns: 40 });
  });
});

describe("disruptions of any history", () => {
  it("begin with their first phase, and have the others in the order of time, none after the end", () => {
    fc.assert(fc.property(histories({ maxMoves: 200 }), (history) => {
      for (const { phases, start, end, started, ended } of foldedRows(disruptions, history)) {
        const [first] = phases;
        expect(first?.at).to.deep.equal(start);
        expect(phases.map((phase) => phase.at)).to.deep.equal(phases.map((phase) => phase.at).sort(byTime));
        expect(ended === OPEN_ENDED).to.equal(end === undefined);
        expect(started).to.be.at.most(ended);
        if (end !== undefined) for (const phase of phases) expect(byTime(phase.at, end)).to.be.at.most(0);
      }
    }), { numRuns: 40 });
  });
});
