import { instant, maintenanceId, type Instant } from "../../src/kernel/brand.js";
import type { Fact } from "../../src/domain/record.js";
import { at, given, NOW, nthId } from "../support/given.js";
import { AWARDED, everyone, NIGHT_PATCHING, PROTOCOLLO, SPC_CLOUD } from "../support/lecco.js";

const FROM = at("2019-01-01T00:00:00+01:00");
const euros = (amountCents: number) => ({ amountCents, currency: "EUR" });
const amending = (amountCents: number, effectiveFrom: Instant = FROM) => ({ contractId: SPC_CLOUD, amount: euros(amountCents), reason: "More storage.", effectiveFrom });
const fee = { contractId: SPC_CLOUD, fee: euros(1_200_000), per: "quarter" as const, effectiveFrom: FROM };
const cost = { contractId: SPC_CLOUD, yearlyCost: euros(9072), effectiveFrom: FROM };
const window = { start: at("2031-03-01T22:00:00Z"), end: at("2031-03-02T02:00:00Z") };
const announcing = { contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, serviceIds: [PROTOCOLLO], window, text: everyone("Patches at night.") };
const ANNOUNCED: Fact = { type: "MaintenanceAnnounced", data: announcing };
const cancelling = { contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, occurredAt: at("2019-10-20T08:00:00Z") };

describe("a contract", () => {
  it("is awarded once, and takes nothing before", () => {
    given().when({ type: "AwardContract", data: AWARDED.data }).then(AWARDED);
    given(AWARDED).when({ type: "AwardContract", data: AWARDED.data }).thenRefused("ID_ALREADY_USED", /awarded already/, "contractId");
    given().when({ type: "AmendContract", data: amending(1) }).thenRefused("NOT_FOUND", /AwardContract/, "contractId");
    given().when({ type: "AgreeFee", data: fee }).thenRefused("NOT_FOUND", /AwardContract/, "contractId");
    given().when({ type: "AgreeWorkstationCost", data: cost }).thenRefused("NOT_FOUND", /AwardContract/, "contractId");
    given().when({ type: "AnnounceMaintenance", data: announcing }).thenRefused("NOT_FOUND", /AwardContract/, "contractId");
  });
  it("has one amount, one fee and one workstation cost from a date, each for itself", () => {
    const amended: Fact = { type: "ContractAmended", data: amending(100) };
    const agreed: Fact = { type: "FeeAgreed", data: fee };
    given(AWARDED, amended).when({ type: "AmendContract", data: amending(200) }).thenRefused("WRONG_STATE", /correct it instead/, "effectiveFrom");
    given(AWARDED, amended).when({ type: "AmendContract", data: amending(200, instant(FROM + 1)) }).then({ type: "ContractAmended", data: amending(200, instant(FROM + 1)) });
    given(AWARDED, amended).when({ type: "AgreeFee", data: fee }).then(agreed);
    given(AWARDED, amended, agreed).when({ type: "AgreeFee", data: fee }).thenRefused("WRONG_STATE", /spc-cloud-lotto-1/, "effectiveFrom");
    given(AWARDED, amended, agreed).when({ type: "AgreeWorkstationCost", data: cost }).then({ type: "WorkstationCostAgreed", data: cost });
    given(AWARDED, { type: "WorkstationCostAgreed", data: cost }).when({ type: "AgreeWorkstationCost", data: cost }).thenRefused("WRONG_STATE", undefined, "effectiveFrom");
  });
  it("counts money in whole cents from nothing on, with its currency", () => {
    given(AWARDED).when({ type: "AmendContract", data: amending(0) }).then({ type: "ContractAmended", data: amending(0) });
    given(AWARDED).when({ type: "AmendContract", data: amending(-1) }).thenRefused("INVALID_INPUT", /-1 is too small/, "amount.amountCents");
    given(AWARDED).when({ type: "AmendContract", data: amending(90.72) }).thenRefused("INVALID_INPUT", /90.72 is not a whole number/, "amount.amountCents");
    given(AWARDED).when({ type: "AmendContract", data: amending(1e15 + 1) }).thenRefused("INVALID_INPUT", /too large/, "amount.amountCents");
    given(AWARDED).when({ type: "AgreeFee", data: { ...fee, fee: { amountCents: 1, currency: "€" } } }).thenRefused("INVALID_INPUT", /"€" is not an ISO 4217 currency code/, "fee.currency");
  });
});

describe("maintenance", () => {
  it("is planned: its window may lie in the future, and ends after its start", () => {
    given(AWARDED).when({ type: "AnnounceMaintenance", data: announcing }).then(ANNOUNCED);
    const short = (ms: number) => ({ ...announcing, window: { start: window.start, end: instant(window.start + ms) } });
    given(AWARDED).when({ type: "AnnounceMaintenance", data: short(1) }).then({ type: "MaintenanceAnnounced", data: short(1) });
    given(AWARDED).when({ type: "AnnounceMaintenance", data: short(0) }).thenRefused("END_BEFORE_START", /ends after its start/, "window.end");
  });
  it("uses its id once, also after a withdrawal, and names services once each", () => {
    given(AWARDED, ANNOUNCED).when({ type: "AnnounceMaintenance", data: announcing }).thenRefused("ID_ALREADY_USED", /night-patching/, "maintenanceId");
    const withdrawn = { type: "RecordWithdrawn" as const, data: { eventId: nthId(1), factVersion: 1, fact: ANNOUNCED, reason: "Not ours." } };
    given(AWARDED, ANNOUNCED, withdrawn).when({ type: "AnnounceMaintenance", data: announcing }).thenRefused("ID_ALREADY_USED", /also after a withdrawal/, "maintenanceId");
    given(AWARDED).when({ type: "AnnounceMaintenance", data: { ...announcing, serviceIds: [PROTOCOLLO, PROTOCOLLO] } }).thenRefused("INVALID_INPUT", /name each once/, "serviceIds");
    given(AWARDED).when({ type: "AnnounceMaintenance", data: { ...announcing, serviceIds: [] } }).thenRefused("INVALID_INPUT", /0 entries; it takes at least 1/, "serviceIds");
  });
  it("is cancelled if it was announced, once, and not in the future", () => {
    const cancelled: Fact = { type: "MaintenanceCancelled", data: cancelling };
    given(AWARDED, ANNOUNCED).when({ type: "CancelMaintenance", data: cancelling }).then(cancelled);
    given(AWARDED, ANNOUNCED).when({ type: "CancelMaintenance", data: { ...cancelling, maintenanceId: maintenanceId("other") } }).thenRefused("NOT_FOUND", /no maintenance other/, "maintenanceId");
    given(AWARDED, ANNOUNCED, cancelled).when({ type: "CancelMaintenance", data: cancelling }).thenRefused("WRONG_STATE", /cancelled already/, "maintenanceId");
    given(AWARDED, ANNOUNCED).when({ type: "CancelMaintenance", data: { ...cancelling, occurredAt: instant(NOW + 300_001) } }).thenRefused("TIME_IN_FUTURE", /more than five minutes/, "occurredAt");
  });
});
