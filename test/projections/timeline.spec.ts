import { expect } from "chai";
import { timeline } from "../../projections/timeline.js";
import { actorId, instant, importId } from "../../src/kernel/brand.js";
import type { Fact } from "../../src/domain/record.js";
import type { Audience } from "../../src/domain/values.js";
import { at } from "../support/given.js";
import { CATALOGUED, CLOUD_OUTAGE, everyone, LECCO, NIGHT_PATCHING, OPENED, POSTA, PROTOCOLLO, PROTOCOLLO_DOWN, SPC_CLOUD } from "../support/lecco.js";
import { foldedRows } from "../readmodel/brute-force.js";
import { nthEventId } from "../readmodel/histories.js";
import { EVERY_FACT } from "./every-fact.js";
import { recordedAt, recording, rowsOf } from "./folding.js";

const EIGHT = at("2019-09-25T08:00:00Z");
const NOBODY = { incidentId: undefined, serviceId: undefined, bodyId: undefined, contractId: undefined, disruptionId: undefined, maintenanceId: undefined, entryId: undefined };
const actor = (n: number) => ({ id: actorId("ente-capofila"), verified: n % 2 === 0 });
const ENTRY = {
  ...NOBODY, eventId: nthEventId(1), type: "DisruptionOpened", occurred: OPENED.data.occurredAt, started: OPENED.data.occurredAt, ended: OPENED.data.occurredAt, recordedAt: recordedAt(1),
  sourceRecordedAt: undefined, actor: actor(1), importId: undefined, incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN, serviceId: PROTOCOLLO,
  audience: { kind: "everyone" }, fact: OPENED, corrections: [], withdrawal: undefined,
};
const LATER: Fact = { type: "DisruptionOpened", data: { ...OPENED.data, serviceId: POSTA, occurredAt: { earliest: EIGHT, latest: at("2019-09-25T09:00:00Z") } } };
const LATEST: Fact = { type: "DisruptionOpened", data: { ...OPENED.data, degree: "partial" } };

describe("the timeline", () => {
  it("has an entry for each fact, with who recorded it when", () => {
    expect(rowsOf(timeline, OPENED)).to.deep.equal([ENTRY]);
    expect(rowsOf(timeline, ...Object.values(EVERY_FACT)).map(({ fact }) => fact)).to.deep.equal(Object.values(EVERY_FACT));
  });
  it("shows a correction: what holds, what was said before, and who corrected it when and why", () => {
    const correction = (n: number, before: Fact) => ({ eventId: nthEventId(n), recordedAt: recordedAt(n), actor: actor(n), reason: "Il registro dice altro.", before });
    const once = { ...ENTRY, serviceId: POSTA, fact: LATER, occurred: LATER.data.occurredAt, started: EIGHT, ended: at("2019-09-25T09:00:00Z"), corrections: [correction(2, OPENED)] };
    expect(rowsOf(timeline, OPENED, { correct: 1, as: LATER })).to.deep.equal([once]);
    expect(rowsOf(timeline, OPENED, { correct: 1, as: LATER }, { correct: 1, as: LATEST })).to.deep.equal([{ ...ENTRY, fact: LATEST, corrections: [correction(2, OPENED), correction(3, LATER)] }]);
  });
  it("keeps what is withdrawn, as it stood last, with who withdrew it when and why", () => {
    const withdrawal = { eventId: nthEventId(3), recordedAt: recordedAt(3), actor: actor(3), reason: "Registrato per errore." };
    const [row] = rowsOf(timeline, OPENED, { correct: 1, as: LATEST }, { withdraw: 1 });
    expect(row).to.deep.include({ fact: LATEST, withdrawal });
    expect(row?.corrections).to.have.length(1);
  });
  it("says what the source and the import of each record, correction and withdrawal were", () => {
    const source = (n: number) => instant(at("2019-09-25T12:00:00Z") + n);
    const imported = recording(OPENED, { correct: 1, as: LATEST }, { withdraw: 1 }).map((each, n) => ({ ...each, meta: { ...each.meta, sourceRecordedAt: source(n), importId: importId("storico") } }));
    const [row] = foldedRows(timeline, imported);
    expect(row).to.deep.include({ sourceRecordedAt: source(0), importId: importId("storico") });
    expect([row?.corrections[0]?.sourceRecordedAt, row?.withdrawal?.sourceRecordedAt]).to.deep.equal([source(1), source(2)]);
  });
  it("places what is dated from its date, and maintenance at the start of its window", () => {
    const { BodyRenamed: renamed, MaintenanceAnnounced: announced } = EVERY_FACT;
    expect(rowsOf(timeline, renamed, announced).map(({ occurred, started, ended }) => [occurred, started, ended])).to.deep.equal([
      Array(3).fill(renamed.data.effectiveFrom), Array(3).fill(announced.data.window.start),
    ]);
  });
  it("names what each fact is about, by the fact itself", () => {
    const about = (fact: Fact) => {
      const [row] = rowsOf(timeline, fact);
      return Object.fromEntries(Object.keys(NOBODY).flatMap((id) => Object.entries(row ?? {}).filter(([name, value]) => name === id && value !== undefined)));
    };
    expect(about(EVERY_FACT.BodyJoined)).to.deep.equal({ bodyId: LECCO });
    expect(about(EVERY_FACT.ServiceAdopted)).to.deep.equal({ bodyId: LECCO, serviceId: PROTOCOLLO });
    expect(about(EVERY_FACT.ServiceCatalogued)).to.deep.equal({ serviceId: PROTOCOLLO, contractId: SPC_CLOUD });
    expect(about(EVERY_FACT.MaintenanceCancelled)).to.deep.equal({ contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING });
    expect(about(EVERY_FACT.DisruptionEnded)).to.deep.equal({ incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN });
    expect(about(EVERY_FACT.EvidenceAttached)).to.deep.equal({ incidentId: CLOUD_OUTAGE, entryId: "log" });
  });
  it("knows who may read the text or description of each, as it holds", () => {
    const audience: Audience = { kind: "bodies", bodyIds: [LECCO] };
    const confidential: Fact = { type: "ResponseRecorded", data: { ...EVERY_FACT.ResponseRecorded.data, text: { ...everyone("Riservato."), audience } } };
    const described: Fact = { type: "ServiceCatalogued", data: { ...CATALOGUED.data, description: { ...everyone("Riservato."), audience: { kind: "lead-body" } } } };
    expect(rowsOf(timeline, confidential, described, EVERY_FACT.SupplierNotified).map((row) => row.audience)).to.deep.equal([audience, { kind: "lead-body" }, { kind: "everyone" }]);
    expect(rowsOf(timeline, EVERY_FACT.ResponseRecorded, { correct: 1, as: confidential })[0]?.audience).to.deep.equal(audience);
  });
});
