import { expect } from "chai";
import { ledgerId, position } from "../../src/kernel/brand.js";
import { streamOf } from "../../src/kernel/stream.js";
import { openReadModelForReading } from "../../src/readmodel/open-for-reading.js";
import type { ReadModel } from "../../src/readmodel/port.js";
import { gate } from "../contract/rig.js";
import { CLOUD_OUTAGE, LECCO, JOINED, REPORTED } from "../support/lecco.js";
import { codeThrown } from "./codes.js";
import { historyOf, LEDGER, nthEventId } from "./histories.js";
import { ASKED, knownAt, onLedger, PATIENCE_MS, type KeptLedger } from "./kept-ledger.js";
import { storeWith } from "./stand-ins.js";

const HISTORY = historyOf({ type: "ReportIncident", data: REPORTED.data }, { type: "JoinBody", data: JOINED.data });
const SOON_MS = 5;

/** Read models that take nothing before `release`, of a ledger of two events. */
async function onHeldBack(work: (readModel: ReadModel, release: () => void, ledger: KeptLedger) => Promise<void>): Promise<void> {
  await onLedger(async (ledger) => {
    await ledger.append(HISTORY);
    const released = gate();
    const store = storeWith(ledger.store, {
      subscribe: (options) =>
        ledger.store.subscribe({
          ...options,
          onEvents: async (events) => {
            await released.opened;
            await options.onEvents(events);
          },
        }),
    });
    try {
      await work(await ledger.open({ store }), released.open, ledger);
    } finally {
      released.open();
    }
  });
}

describe("waiting for a position", () => {
  it("ends when everything up to it has been taken", () =>
    onHeldBack(async (readModel, release) => {
      const waited = [readModel.waitFor(position("2"), PATIENCE_MS), readModel.waitFor(position("1"), PATIENCE_MS), readModel.waitUntilCaughtUp(PATIENCE_MS)];
      expect(readModel.eventCount).to.equal(0);
      release();
      await Promise.all(waited);
      expect((await knownAt(readModel)).bodies([LECCO]).size).to.equal(1);
      await readModel.waitFor(position("1"), 0);
      await readModel.waitFor(position("0"), 0);
    }));
  it("ends after its time with READ_MODEL_BEHIND, which says how far it is", () =>
    onHeldBack(async (readModel, release) => {
      expect(await codeThrown(() => readModel.waitFor(position("1"), SOON_MS))).to.equal("READ_MODEL_BEHIND");
      expect(await codeThrown(() => readModel.waitUntilCaughtUp(SOON_MS))).to.equal("READ_MODEL_BEHIND");
      release();
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      const late = await readModel.waitFor(position("3"), SOON_MS).catch((error: unknown) => error);
      expect(late).to.deep.include({ code: "READ_MODEL_BEHIND", params: { position: "3", reached: "2" } });
    }));
  it("is refused for what is no position of the store", () =>
    onHeldBack(async (readModel) => {
      for (const strange of ["", "x", "-1", "1.5", "01", "C:12/P:12"]) expect(await codeThrown(() => readModel.waitFor(position(strange), PATIENCE_MS)), strange).to.equal("UNKNOWN_POSITION");
    }));
  it("counts the events of other ledgers that were passed over", () =>
    onLedger(async (ledger) => {
      const readModel = await ledger.open();
      await ledger.append(HISTORY);
      const other = streamOf(ledgerId("sondrio"), "body", "sondrio");
      const last = await ledger.appendRaw(other, { id: nthEventId(9), type: "BodyJoined", data: "{}", metadata: "{}" });
      await readModel.waitFor(last, PATIENCE_MS);
      expect([readModel.position, readModel.eventCount]).to.deep.equal(["2", 2]);
      expect((await readModel.resolve({ kind: "position", position: last }, ASKED)).position).to.equal("2");
    }));
});

describe("asking what was known at a position", () => {
  it("that was not taken yet is refused with READ_MODEL_BEHIND, that the store does not have with UNKNOWN_POSITION", () =>
    onHeldBack(async (readModel, release) => {
      const ask = (place: string) => codeThrown(() => readModel.resolve({ kind: "position", position: position(place) }, ASKED));
      expect([await ask("2"), await ask("3"), await ask("x")]).to.deep.equal(["READ_MODEL_BEHIND", "UNKNOWN_POSITION", "UNKNOWN_POSITION"]);
      release();
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      expect([await ask("2"), await ask("3")]).to.deep.equal(["[object Object]", "UNKNOWN_POSITION"]);
    }));
  it("before the first event knows nothing", () =>
    onLedger(async (ledger) => {
      await ledger.append(HISTORY);
      const known = await knownAt(await ledger.caughtUp(), { kind: "position", position: position("0") });
      expect(known.knowledge).to.deep.include({ ordinal: 0, position: undefined, instant: ASKED });
      expect(known.incidents([CLOUD_OUTAGE]).size).to.equal(0);
    }));
});

describe("the read models opened by another process, only for reading", () => {
  it("follow the one that writes, wait, time out and refuse as it does", () =>
    onLedger(async (ledger) => {
      const [first, second] = HISTORY;
      if (first === undefined || second === undefined) throw new TypeError("a history of two events");
      await ledger.append([first]);
      const running = await ledger.caughtUp();
      const reading = openReadModelForReading({ store: ledger.store, ledgerId: LEDGER, file: ledger.file, notify: () => undefined });
      try {
        expect((await knownAt(reading)).bodies([LECCO]).size).to.equal(0);
        expect(await codeThrown(() => reading.waitFor(position("2"), SOON_MS))).to.equal("READ_MODEL_BEHIND");
        expect(await codeThrown(() => reading.waitFor(position("x"), SOON_MS))).to.equal("UNKNOWN_POSITION");
        const waiting = reading.waitFor(position("2"), PATIENCE_MS);
        await ledger.append([second]);
        await waiting;
        expect((await knownAt(reading)).bodies([LECCO]).size).to.equal(1);
        expect([reading.eventCount, reading.position, reading.positionOf(second.id)]).to.deep.equal([2, "2", "2"]);
        expect([await reading.eventIdAt(position("1")), await reading.eventIdAt(position("2")), await reading.eventIdAt(position("0"))]).to.deep.equal([first.id, second.id, undefined]);
        await running.rebuild();
        expect((await knownAt(reading)).bodies([LECCO]).size).to.equal(1);
        expect(reading.status().every(({ lagEvents }) => lagEvents === 0)).to.be.true;
      } finally {
        await reading.close();
      }
    }));
  it("answer what was asked for before a rebuild put other tables in place", () =>
    onLedger(async (ledger) => {
      await ledger.append(HISTORY);
      const running = await ledger.caughtUp();
      const reading = openReadModelForReading({ store: ledger.store, ledgerId: LEDGER, file: ledger.file, notify: () => undefined });
      try {
        const known = await knownAt(reading);
        expect(known.bodies([LECCO]).size).to.equal(1);
        await running.rebuild();
        expect(known.bodies([LECCO]).size).to.equal(1);
        expect(known.listIncidents({}, { by: "started", direction: "ascending" }, { first: 5 }).edges).to.have.length(1);
      } finally {
        await reading.close();
      }
    }));
  it("are refused with READ_MODEL_BUILDING where there are none", () =>
    onLedger(async (ledger) => {
      expect(await codeThrown(() => openReadModelForReading({ store: ledger.store, ledgerId: LEDGER, file: ledger.file, notify: () => undefined }))).to.equal("READ_MODEL_BUILDING");
    }));
});
