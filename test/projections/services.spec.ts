import { expect } from "chai";
import { adoptions } from "../../projections/adoptions.js";
import { services } from "../../projections/services.js";
import type { Fact } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { ADOPTED, CATALOGUED, everyone, LECCO, POSTA, PROTOCOLLO, SPC_CLOUD, VALMADRERA } from "../support/lecco.js";
import { contractId } from "../../src/kernel/brand.js";
import { rowsOf } from "./folding.js";

const SINCE_2018 = CATALOGUED.data.effectiveFrom;
const [JUNE, JULY] = [at("2019-06-01T00:00:00+02:00"), at("2019-07-01T00:00:00+02:00")];

describe("services", () => {
  const row = { serviceId: PROTOCOLLO, name: "Protocollo informatico", contractId: SPC_CLOUD, description: undefined, effectiveFrom: SINCE_2018, facts: undefined };

  it("are there when they are catalogued", () => {
    expect(rowsOf(services, CATALOGUED)).to.deep.equal([row]);
    expect(rowsOf(services, { ...CATALOGUED, data: { ...CATALOGUED.data, description: everyone("Il registro.") } })).to.deep.equal([{ ...row, description: everyone("Il registro.") }]);
  });
  it("follow corrections, of their contract too, and go with their record", () => {
    const corrected: Fact = { type: "ServiceCatalogued", data: { ...CATALOGUED.data, name: "Protocollo", contractId: contractId("rete"), effectiveFrom: JUNE } };
    expect(rowsOf(services, CATALOGUED, { correct: 1, as: corrected })).to.deep.equal([{ ...row, name: "Protocollo", contractId: "rete", effectiveFrom: JUNE }]);
    expect(rowsOf(services, CATALOGUED, { withdraw: 1 })).to.deep.equal([]);
  });
  it("lose a description that a correction leaves out", () => {
    const described: Fact = { type: "ServiceCatalogued", data: { ...CATALOGUED.data, description: everyone("Il registro.") } };
    expect(rowsOf(services, described, { correct: 1, as: CATALOGUED })).to.deep.equal([row]);
  });
});

describe("adoptions", () => {
  const dropped = (effectiveFrom: typeof JUNE): Fact => ({ type: "ServiceDropped", data: { serviceId: PROTOCOLLO, bodyId: LECCO, effectiveFrom } });
  const adopted = (effectiveFrom: typeof JUNE): Fact => ({ type: "ServiceAdopted", data: { serviceId: PROTOCOLLO, bodyId: LECCO, effectiveFrom } });
  const row = { serviceId: PROTOCOLLO, bodyId: LECCO, spans: [{ start: SINCE_2018 }], facts: undefined };

  it("are a row for each service and body", () => {
    const other: Fact = { type: "ServiceAdopted", data: { serviceId: PROTOCOLLO, bodyId: VALMADRERA, effectiveFrom: JUNE } };
    const posta: Fact = { type: "ServiceAdopted", data: { serviceId: POSTA, bodyId: LECCO, effectiveFrom: JULY } };
    expect(rowsOf(adoptions, ADOPTED, other, posta)).to.deep.equal([row, { ...row, bodyId: VALMADRERA, spans: [{ start: JUNE }] }, { ...row, serviceId: POSTA, spans: [{ start: JULY }] }]);
  });
  it("end with a drop, and begin again with another adoption", () => {
    expect(rowsOf(adoptions, ADOPTED, dropped(JUNE))).to.deep.equal([{ ...row, spans: [{ start: SINCE_2018, end: JUNE }] }]);
    expect(rowsOf(adoptions, ADOPTED, dropped(JUNE), adopted(JULY))).to.deep.equal([{ ...row, spans: [{ start: SINCE_2018, end: JUNE }, { start: JULY }] }]);
    expect(rowsOf(adoptions, ADOPTED, dropped(JUNE), adopted(JUNE))).to.deep.equal([{ ...row, spans: [{ start: SINCE_2018, end: JUNE }, { start: JUNE }] }]);
  });
  it("follow corrections and withdrawals of each of them", () => {
    expect(rowsOf(adoptions, ADOPTED, dropped(JUNE), { correct: 2, as: dropped(JULY) })).to.deep.equal([{ ...row, spans: [{ start: SINCE_2018, end: JULY }] }]);
    expect(rowsOf(adoptions, ADOPTED, dropped(JUNE), { correct: 1, as: adopted(at("2019-01-01T00:00:00+01:00")) })).to.deep.equal([{ ...row, spans: [{ start: at("2019-01-01T00:00:00+01:00"), end: JUNE }] }]);
    expect(rowsOf(adoptions, ADOPTED, dropped(JUNE), { withdraw: 2 })).to.deep.equal([row]);
    expect(rowsOf(adoptions, ADOPTED, dropped(JUNE), adopted(JULY), { withdraw: 3 })).to.deep.equal([{ ...row, spans: [{ start: SINCE_2018, end: JUNE }] }]);
    expect(rowsOf(adoptions, ADOPTED, { withdraw: 1 })).to.deep.equal([]);
  });
  it("withdrawn and recorded anew are there again", () => {
    expect(rowsOf(adoptions, ADOPTED, { withdraw: 1 }, adopted(JUNE))).to.deep.equal([{ ...row, spans: [{ start: JUNE }] }]);
  });
});
