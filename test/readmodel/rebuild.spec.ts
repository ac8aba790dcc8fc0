import { expect } from "chai";
import { copyFileSync } from "node:fs";
import { bodies } from "../../projections/bodies.js";
import { incidents } from "../../projections/incidents.js";
import { anyText } from "../../projections/columns.js";
import { PROJECTIONS, some, type SomeProjection } from "../../projections/index.js";
import { position } from "../../src/kernel/brand.js";
import type { ReadModel } from "../../src/readmodel/port.js";
import { codeThrown } from "./codes.js";
import { CLOUD_OUTAGE, ENDED, JOINED, LECCO, OPENED, REPORTED, RESOLVED } from "../support/lecco.js";
import { continued, historyOf } from "./histories.js";
import { knownAt, onLedger, PATIENCE_MS, type KeptLedger } from "./kept-ledger.js";
import { dumpOf, tablesOf } from "./row-dump.js";
import { changed, gated } from "./stand-ins.js";

const HISTORY = historyOf({ type: "ReportIncident", data: REPORTED.data }, { type: "JoinBody", data: JOINED.data }, { type: "OpenDisruption", data: OPENED.data });
const LATER = continued(HISTORY, { type: "EndDisruption", data: ENDED.data }, { type: "ResolveIncident", data: RESOLVED.data });

function replaced(other: SomeProjection): readonly SomeProjection[] {
  return PROJECTIONS.map((each) => (each.name === other.name ? other : each));
}
/** An earlier release's incidents: the same columns, but titles in capitals. */
const IN_CAPITALS = replaced(some({
  ...incidents,
  version: 0,
  fold: (key, row, recorded) => {
    const folded = incidents.fold(key, row, recorded);
    return folded && { ...folded, title: folded.title.toUpperCase() };
  },
}));

async function titleOf(readModel: ReadModel, place?: string): Promise<string | undefined> {
  const known = await knownAt(readModel, place === undefined ? { kind: "now" } : { kind: "position", position: position(place) });
  return known.incidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)?.title;
}
/** The file equals one that this release has made from the beginning. */
async function expectAsNew(ledger: KeptLedger, file: string = ledger.file): Promise<void> {
  const other = `${ledger.folder}/new.sqlite`;
  await ledger.caughtUp({ file: other });
  expect(dumpOf(file)).to.deep.equal(dumpOf(other));
  expect(tablesOf(file).filter((name) => name.startsWith("incidents_"))).to.have.length(1);
}
/** Made by an earlier release, which took `HISTORY`. */
async function onEarlier(projections: readonly SomeProjection[], work: (ledger: KeptLedger) => Promise<void>): Promise<void> {
  await onLedger(async (ledger) => {
    await ledger.append(HISTORY);
    const earlier = await ledger.caughtUp({ projections });
    await earlier.close();
    await work(ledger);
  });
}
describe("a read model of another version", () => {
  it("is built beside the old one, which answers until it is replaced and is gone then", () =>
    onEarlier(IN_CAPITALS, async (ledger) => {
      const { store, asked, open } = gated(ledger.store);
      const readModel = await ledger.open({ store });
      await asked;
      expect(await titleOf(readModel)).to.equal("OUTAGE OF THE RENTED CLOUD");
      expect(await titleOf(readModel, "1")).to.equal("OUTAGE OF THE RENTED CLOUD");
      expect(readModel.status().find(({ name }) => name === "incidents")).to.deep.equal({ name: "incidents", version: 0, ordinal: 3, position: position("3"), lagEvents: 0, building: { version: 1, ordinal: 0 } });
      expect(tablesOf(ledger.file).filter((name) => name.startsWith("incidents_"))).to.have.length(2);
      open();
      await ledger.told("rebuilt");
      expect(await titleOf(readModel)).to.equal("Outage of the rented cloud");
      expect(readModel.status().find(({ name }) => name === "incidents")).to.deep.equal({ name: "incidents", version: 1, ordinal: 3, position: position("3"), lagEvents: 0 });
      expect(ledger.notices.map(({ kind }) => kind)).to.deep.equal(["rebuilding", "rebuilt"]);
      await expectAsNew(ledger);
    }));

  it("takes what is recorded meanwhile; what the old one has not taken is answered after the switch", () =>
    onEarlier(IN_CAPITALS, async (ledger) => {
      const { store, asked, open } = gated(ledger.store);
      const readModel = await ledger.open({ store });
      await asked;
      await ledger.append(LATER);
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      expect(await titleOf(readModel, "3")).to.equal("OUTAGE OF THE RENTED CLOUD");
      expect(await codeThrown(() => titleOf(readModel))).to.equal("READ_MODEL_BUILDING");
      expect((await knownAt(readModel)).disruptionsOfIncidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)?.[0]?.end).to.equal(ENDED.data.occurredAt);
      expect(readModel.status().find(({ name }) => name === "incidents")).to.deep.include({ ordinal: 3, position: undefined, lagEvents: 2 });
      open();
      await ledger.told("rebuilt");
      expect((await knownAt(readModel)).incidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)).to.include({ status: "resolved", title: "Outage of the rented cloud" });
      await expectAsNew(ledger);
    }));

  it("begins anew when the process was cut short, and the old one still answers for what it knew", () =>
    onEarlier(IN_CAPITALS, async (ledger) => {
      const first = gated(ledger.store);
      const cut = await ledger.open({ store: first.store });
      await first.asked;
      await ledger.append(LATER);
      await cut.waitUntilCaughtUp(PATIENCE_MS);
      // What a power cut leaves: the file and its log as they are now.
      const left = `${ledger.folder}/left.sqlite`;
      for (const suffix of ["", "-wal"]) copyFileSync(`${ledger.file}${suffix}`, `${left}${suffix}`);
      const second = gated(ledger.store);
      const readModel = await ledger.open({ store: second.store, file: left });
      await second.asked;
      expect(await titleOf(readModel, "3")).to.equal("OUTAGE OF THE RENTED CLOUD");
      expect(tablesOf(left).filter((name) => name.startsWith("incidents_"))).to.have.length(2);
      second.open();
      await ledger.told("rebuilt");
      await expectAsNew(ledger, left);
      first.open();
    }));

  it("with other columns cannot answer meanwhile: only what needs it is refused", () =>
    onEarlier(replaced(some({ ...bodies, version: 0, columns: { ...bodies.columns, kind: { ...bodies.columns.kind, affinity: "BLOB" as const } } })), async (ledger) => {
      const { store, asked, open } = gated(ledger.store);
      const readModel = await ledger.open({ store });
      await asked;
      const known = await knownAt(readModel);
      expect(await codeThrown(() => known.bodies([LECCO]))).to.equal("READ_MODEL_BUILDING");
      expect(known.incidents([CLOUD_OUTAGE]).size).to.equal(1);
      open();
      await ledger.told("rebuilt");
      expect(known.bodies([LECCO]).get(LECCO)).to.include({ name: "Comune di Lecco", kind: "municipality" });
      await expectAsNew(ledger);
    }));
});

describe("read models that come and go with a release", () => {
  it("are built, and taken out of the file", () =>
    onEarlier([...PROJECTIONS.filter(({ name }) => name !== "incidents"), some({ ...bodies, name: "parishes", columns: { ...bodies.columns, name: anyText } })], async (ledger) => {
      expect(tablesOf(ledger.file).filter((name) => /^(parishes|incidents)_/.test(name))).to.have.length(1);
      const readModel = await ledger.open();
      await ledger.told("rebuilt");
      expect(await titleOf(readModel)).to.equal("Outage of the rented cloud");
      expect(tablesOf(ledger.file).filter((name) => name.startsWith("parishes_"))).to.deep.equal([]);
      await expectAsNew(ledger);
    }));
});

describe("a rebuild that is asked for", () => {
  it("replaces all tables, while the present ones answer and go on", () =>
    onLedger(async (ledger) => {
      await ledger.append(HISTORY);
      const { store, asked, open } = gated(ledger.store);
      const readModel = await ledger.caughtUp({ store });
      const before = tablesOf(ledger.file);
      const rebuilding = readModel.rebuild();
      await asked;
      await ledger.append(LATER);
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      expect((await knownAt(readModel)).incidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)?.status).to.equal("resolved");
      open();
      await rebuilding;
      expect((await knownAt(readModel)).incidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)?.status).to.equal("resolved");
      const after = tablesOf(ledger.file);
      expect(after.length).to.equal(before.length);
      expect(after.filter((name) => before.includes(name) && /_v\d+_\d+$/.test(name))).to.deep.equal([]);
      await expectAsNew(ledger);
    }));
  it("and is cut short leaves nothing behind when the file is opened again", () =>
    onLedger(async (ledger) => {
      await ledger.append(HISTORY);
      const { store, asked, open } = gated(ledger.store);
      const rebuilding = (await ledger.caughtUp({ store })).rebuild();
      await asked;
      const left = `${ledger.folder}/left.sqlite`;
      for (const suffix of ["", "-wal"]) copyFileSync(`${ledger.file}${suffix}`, `${left}${suffix}`);
      expect(tablesOf(left).filter((name) => name.startsWith("incidents_"))).to.have.length(2);
      await ledger.caughtUp({ file: left });
      await expectAsNew(ledger, left);
      open();
      await rebuilding;
    }));
  it("of some, by name, leaves the others", () =>
    onLedger(async (ledger) => {
      await ledger.append(HISTORY);
      const readModel = await ledger.caughtUp();
      const before = tablesOf(ledger.file);
      await readModel.rebuild(["incidents"]);
      const gone = before.filter((name) => !tablesOf(ledger.file).includes(name));
      expect(gone).to.have.length(1);
      expect(gone[0]).to.match(/^incidents_v/);
      await expectAsNew(ledger);
    }));
  it("mends rows that were tampered with", () =>
    onLedger(async (ledger) => {
      await ledger.append(HISTORY);
      const earlier = await ledger.caughtUp({ projections: changed("incidents", (projection) => ({ ...projection, fold: () => undefined })) });
      expect(await titleOf(earlier)).to.equal(undefined);
      await earlier.close();
      await (await ledger.caughtUp()).rebuild();
      await expectAsNew(ledger);
    }));
});
