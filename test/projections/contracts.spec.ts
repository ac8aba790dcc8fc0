import { expect } from "chai";
import { agreements } from "../../projections/agreements.js";
import { contracts } from "../../projections/contracts.js";
import { maintainedServices } from "../../projections/maintained-services.js";
import { maintenance } from "../../projections/maintenance.js";
import type { Fact } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { AWARDED, everyone, NIGHT_PATCHING, POSTA, PROTOCOLLO, SPC_CLOUD } from "../support/lecco.js";
import { origin, rowsOf } from "./folding.js";

const IN_2019 = at("2019-01-01T00:00:00+01:00");
const IN_2020 = at("2020-01-01T00:00:00+01:00");
const eur = (amountCents: number) => ({ amountCents, currency: "EUR" });

describe("contracts", () => {
  const row = { ...AWARDED.data, amount: undefined, facts: undefined };

  it("are there as awarded, also where framework, lot and amount are not known", () => {
    expect(rowsOf(contracts, AWARDED)).to.deep.equal([row]);
    const { contractId, title, supplier, zone, effectiveFrom } = AWARDED.data;
    expect(rowsOf(contracts, { type: "ContractAwarded", data: { contractId, title, supplier, zone, effectiveFrom } })).to.deep.equal([{ ...row, framework: undefined, lot: undefined }]);
  });
  it("follow corrections and go with their record", () => {
    const corrected: Fact = { type: "ContractAwarded", data: { ...AWARDED.data, title: "SPC Cloud, lotto 1", amount: eur(1_000_00) } };
    expect(rowsOf(contracts, AWARDED, { correct: 1, as: corrected })).to.deep.equal([{ ...row, title: "SPC Cloud, lotto 1", amount: eur(1_000_00) }]);
    expect(rowsOf(contracts, AWARDED, { withdraw: 1 })).to.deep.equal([]);
  });
});

describe("agreements", () => {
  const dated = { contractId: SPC_CLOUD, effectiveFrom: IN_2019 };
  const AMENDED: Fact = { type: "ContractAmended", data: { ...dated, amount: eur(120_000_00), reason: "Altri servizi" } };
  const FEE: Fact = { type: "FeeAgreed", data: { ...dated, fee: eur(12_000_00), per: "quarter" } };
  const COST: Fact = { type: "WorkstationCostAgreed", data: { ...dated, yearlyCost: eur(90_72) } };

  it("are a row a figure: amounts, fees and costs of a workstation", () => {
    expect(rowsOf(agreements, AMENDED, FEE, COST)).to.deep.equal([
      { ...origin(1), ...dated, kind: "amount", money: eur(120_000_00), per: undefined },
      { ...origin(2), ...dated, kind: "fee", money: eur(12_000_00), per: "quarter" },
      { ...origin(3), ...dated, kind: "workstation-cost", money: eur(90_72), per: undefined },
    ]);
  });
  it("follow corrections and are gone when withdrawn, each by itself", () => {
    const corrected: Fact = { type: "FeeAgreed", data: { ...dated, fee: eur(1), per: "year", effectiveFrom: IN_2020 } };
    expect(rowsOf(agreements, AMENDED, FEE, COST, { correct: 2, as: corrected }, { withdraw: 1 }, { withdraw: 3 })).to.deep.equal([
      { ...origin(2), contractId: SPC_CLOUD, effectiveFrom: IN_2020, kind: "fee", money: eur(1), per: "year" },
    ]);
  });
});

const WINDOW = { start: at("2019-10-05T22:00:00Z"), end: at("2019-10-06T02:00:00Z") };
const LATER = { start: at("2019-10-12T22:00:00Z"), end: at("2019-10-13T02:00:00Z") };
const ANNOUNCED = {
  type: "MaintenanceAnnounced", data: { contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, serviceIds: [PROTOCOLLO], window: WINDOW, text: everyone("Aggiornamenti.") },
} as const;
const announced = (change: object = {}): Fact => ({ type: "MaintenanceAnnounced", data: { ...ANNOUNCED.data, serviceIds: [PROTOCOLLO], ...change } });
const cancelled = (occurredAt = at("2019-10-06T00:00:00Z")): Fact => ({ type: "MaintenanceCancelled", data: { contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, occurredAt } });

describe("maintenance", () => {
  const row = {
    ...origin(1), contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, serviceIds: [PROTOCOLLO], started: WINDOW.start, ended: WINDOW.end, cancelled: undefined,
    text: everyone("Aggiornamenti."), sourceRecordedAt: undefined, facts: undefined,
    versions: [{ recordedAt: origin(1).recordedAt, serviceIds: [PROTOCOLLO], ...WINDOW }],
  };

  it("is there as announced, with its cancellation beside it", () => {
    expect(rowsOf(maintenance, announced())).to.deep.equal([row]);
    expect(rowsOf(maintenance, announced(), cancelled())).to.deep.equal([{ ...row, cancelled: at("2019-10-06T00:00:00Z") }]);
  });
  it("keeps the time of its announcement when it is corrected, and what it said before", () => {
    const versions = [...row.versions, { recordedAt: origin(2).recordedAt, serviceIds: [POSTA], ...LATER }];
    expect(rowsOf(maintenance, announced(), { correct: 1, as: announced({ window: LATER, serviceIds: [POSTA] }) })).to.deep.equal([{ ...row, serviceIds: [POSTA], started: LATER.start, ended: LATER.end, versions }]);
    expect(rowsOf(maintenance, announced(), cancelled(), { correct: 2, as: cancelled(WINDOW.end) })).to.deep.equal([{ ...row, cancelled: WINDOW.end }]);
  });
  it("goes on when its cancellation is withdrawn, and is gone with its announcement", () => {
    expect(rowsOf(maintenance, announced(), cancelled(), { withdraw: 2 })).to.deep.equal([row]);
    expect(rowsOf(maintenance, announced(), { withdraw: 1 })).to.deep.equal([]);
  });
});

describe("maintained services", () => {
  const row = { serviceId: PROTOCOLLO, contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, started: WINDOW.start, ended: WINDOW.end };

  it("are a row for each service that a maintenance names, once", () => {
    expect(rowsOf(maintainedServices, announced({ serviceIds: [PROTOCOLLO, POSTA, PROTOCOLLO] }))).to.deep.equal([row, { ...row, serviceId: POSTA }]);
  });
  it("come, go and move with a correction", () => {
    const both = announced({ serviceIds: [PROTOCOLLO, POSTA] });
    expect(rowsOf(maintainedServices, announced(), { correct: 1, as: both })).to.deep.equal([row, { ...row, serviceId: POSTA }]);
    expect(rowsOf(maintainedServices, both, { correct: 1, as: announced({ serviceIds: [POSTA], window: LATER }) })).to.deep.equal([{ ...row, serviceId: POSTA, started: LATER.start, ended: LATER.end }]);
  });
  it("are gone when it is withdrawn, also those that a correction brought; a cancellation leaves the window", () => {
    expect(rowsOf(maintainedServices, announced(), { correct: 1, as: announced({ serviceIds: [POSTA] }) }, { withdraw: 1 })).to.deep.equal([]);
    expect(rowsOf(maintainedServices, announced(), cancelled(), { correct: 2, as: cancelled(WINDOW.end) }, { withdraw: 2 })).to.deep.equal([row]);
  });
});
