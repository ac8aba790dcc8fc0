import { entryId, eventId, penaltyId, type Instant } from "../../src/kernel/brand.js";
import { canonicalJson, isJsonObject, parseJson } from "../../src/kernel/json.js";
import type { ContractCommand, ContractEvent } from "../../src/domain/contract/events.js";
import { termsSchema } from "../../src/domain/terms/terms.js";
import { given, at, nthId } from "../support/given.js";
import { AWARDED, COLICO, LECCO, SPC_CLOUD, VALMADRERA } from "../support/lecco.js";
import { TERMS } from "../support/terms.js";

const eur = (amountCents: number) => ({ amountCents, currency: "EUR" });
const SETTEMBRE = penaltyId("settembre");
const computation = { period: "2019-09", number: 1, eventId: eventId("01900000-0000-7000-8000-000000000001") };
const WHEN = at("2019-10-20T09:00:00Z");
const of = { contractId: SPC_CLOUD, penaltyId: SETTEMBRE, occurredAt: WHEN };

/** EUR 1,000.00, and a cap of 10 % of it. */
const AMENDED: ContractEvent = { type: "ContractAmended", data: { contractId: SPC_CLOUD, amount: eur(1_000_00), reason: "Importo", effectiveFrom: at("2017-01-01T00:00:00+01:00") } };
const AGREED: ContractEvent = { type: "TermsAgreed", data: { contractId: SPC_CLOUD, terms: TERMS, effectiveFrom: at("2019-01-01T00:00:00+01:00") } };
const CAPPED = [AWARDED, AMENDED, AGREED] as const;
const OTTOBRE = penaltyId("ottobre");
const inPeriodOf = (id: typeof SETTEMBRE) => ({ ...computation, period: id === OTTOBRE ? "2019-10" : "2019-09" });
const determined = (amountCents: number, id = SETTEMBRE): ContractEvent => ({ type: "PenaltyDetermined", data: { ...of, penaltyId: id, computation: inPeriodOf(id), amount: eur(amountCents) } });
const determine = (amountCents: number, id = SETTEMBRE): ContractCommand => ({ type: "DeterminePenalty", data: { ...of, penaltyId: id, computation: inPeriodOf(id), amount: eur(amountCents) } });
const adjusted = (amountCents: number, entry = "a1"): ContractEvent => ({ type: "PenaltyAdjusted", data: { ...of, entryId: entryId(entry), amount: eur(amountCents), reason: "Esclusione" } });
const adjust = (amountCents: number, entry = "a1"): ContractCommand => ({ type: "AdjustPenalty", data: { ...of, entryId: entryId(entry), amount: eur(amountCents), reason: "Esclusione" } });
const collected = (amountCents: number, entry = "i1"): ContractEvent => ({ type: "PenaltyCollected", data: { ...of, entryId: entryId(entry), amount: eur(amountCents) } });
const collect = (amountCents: number, entry = "i2"): ContractCommand => ({ type: "CollectPenalty", data: { ...of, entryId: entryId(entry), amount: eur(amountCents) } });
const shares = (amountCents: number) => [{ bodyId: LECCO, weight: "7/2", amountCents: amountCents - 1 }, { bodyId: COLICO, weight: "1", amountCents: 1 }];
const apportioned = (amountCents: number, entry = "r1"): ContractEvent =>
  ({ type: "PenaltyApportioned", data: { ...of, entryId: entryId(entry), amount: eur(amountCents), key: "lost-workstation-hours", computation, shares: shares(amountCents) } });
const apportion = (amountCents: number, entry = "r2"): ContractCommand =>
  ({ type: "ApportionPenalty", data: { ...of, entryId: entryId(entry), amount: eur(amountCents), key: "lost-workstation-hours", computation, shares: shares(amountCents) } });

describe("terms of a contract", () => {
  const agree = (terms: object, effectiveFrom: Instant = at("2019-01-01T00:00:00+01:00")): ContractCommand =>
    ({ type: "AgreeTerms", data: { contractId: SPC_CLOUD, terms: termsSchema.parse({ ...TERMS, ...terms }), effectiveFrom } });

  it("are agreed from the midnight of their date, once for each date", () => {
    given(AWARDED).when(agree({})).then(AGREED);
    given(AWARDED, AGREED).when(agree({ title: "Altre" })).thenRefused("WRONG_STATE", /correct it instead/);
    given(AWARDED).when(agree({}, at("2019-01-01T00:00:00Z"))).thenRefused("INVALID_INPUT", /midnight of which in Europe\/Rome is 2018-12-31T23:00:00/, "effectiveFrom");
  });
  it("cap penalties at a tenth of the contract amount where they name no cap", () => {
    given(AWARDED).when(agree({ cap: undefined })).then(AGREED);
  });
  it("are in the currency of the contract's amount, where it has one", () => {
    given(AWARDED, AMENDED).when(agree({ currency: "CHF" })).thenRefused("WRONG_STATE", /is in CHF, the contract's amount in EUR/, "terms.currency");
    given(AWARDED).when(agree({ currency: "CHF" })).then({ ...AGREED, data: { ...AGREED.data, terms: termsSchema.parse({ ...TERMS, currency: "CHF" }) } });
  });
  it("recorded under other zone data, in which midnight was another instant, stand, and bar nothing that comes after", () => {
    const then: ContractEvent = { type: "TermsAgreed", data: { contractId: SPC_CLOUD, terms: TERMS, effectiveFrom: at("2019-01-01T00:00:00Z") } };
    given(AWARDED, AMENDED, then).when(determine(1_00)).then(determined(1_00));
    given(AWARDED, AMENDED, then, determined(60_00)).when(collect(60_00)).then(collected(60_00, "i2"));
    const retitled = parseJson(canonicalJson({ contractId: SPC_CLOUD, terms: { ...TERMS, title: "Altri livelli" }, effectiveFrom: at("2019-01-01T00:00:00Z") }));
    if (!isJsonObject(retitled)) throw new TypeError("terms are an object");
    given(AWARDED, then).when({ type: "CorrectRecord", data: { category: "contract", subjectId: SPC_CLOUD, eventId: nthId(1), reason: "Titolo", data: retitled } }).thenRefused("INVALID_INPUT", /midnight/, "effectiveFrom");
  });
  it("are cut in the contract's zone, and are of no other contract", () => {
    given(AWARDED).when(agree({ zone: "UTC" })).thenRefused("WRONG_STATE", /cut in UTC, the contract in Europe\/Rome/, "terms.zone");
    given(AWARDED).when(agree({ contractId: "altro" })).thenRefused("INVALID_INPUT", /of another contract/, "terms.contractId");
  });
});

describe("penalties of a contract", () => {
  it("are determined up to the cap: a tenth of the amount as amended, over the contract's life", () => {
    given(...CAPPED).when(determine(100_00)).then(determined(100_00));
    given(...CAPPED).when(determine(100_01)).thenRefused("CAP_EXCEEDED", /10000 of 10000/, "amount");
    given(...CAPPED, determined(60_00)).when(determine(40_01, OTTOBRE)).thenRefused("CAP_EXCEEDED", /4000 of 10000/);
    given(...CAPPED, determined(60_00), adjusted(-20_00)).when(determine(60_00, OTTOBRE)).then(determined(60_00, OTTOBRE));
    given(...CAPPED, determined(60_00)).when(adjust(40_01)).thenRefused("CAP_EXCEEDED");
  });
  it("need an amount and terms that hold then", () => {
    given(AWARDED, AGREED).when(determine(1)).thenRefused("WRONG_STATE", /amount and terms/);
    given(AWARDED, AMENDED).when(determine(1)).thenRefused("WRONG_STATE", /agree them first/);
  });
  it("are determined once, in the contract's currency, and never corrected", () => {
    given(...CAPPED, determined(60_00)).when(determine(10_00)).thenRefused("ID_ALREADY_USED", /used already/);
    given(...CAPPED).when({ type: "DeterminePenalty", data: { ...of, computation, amount: { amountCents: 1, currency: "CHF" } } }).thenRefused("INVALID_INPUT", /EUR, not CHF/, "amount.currency");
    given(...CAPPED, determined(60_00))
      .when({ type: "CorrectRecord", data: { category: "contract", subjectId: SPC_CLOUD, eventId: nthId(3), data: { ...of, computation, amount: eur(1) }, reason: "Meno" } })
      .thenRefused("WRONG_STATE", /only an adjustment/);
  });
  it("are determined once for a period, until that is withdrawn", () => {
    given(...CAPPED, determined(60_00)).when(determine(10_00, penaltyId("settembre-bis"))).thenRefused("WRONG_STATE", /the penalty settembre is determined for 2019-09 already/, "computation.period");
    const withdrawn = { type: "RecordWithdrawn" as const, data: { eventId: nthId(3), factVersion: 1, fact: determined(60_00), reason: "Errore" } };
    given(...CAPPED, determined(60_00), withdrawn).when(determine(10_00, penaltyId("settembre-bis"))).then(determined(10_00, penaltyId("settembre-bis")));
  });
  it("are withdrawn only while nothing was made of them", () => {
    const withdraw: ContractCommand | { type: "WithdrawRecord"; data: { category: "contract"; subjectId: string; eventId: ReturnType<typeof nthId>; reason: string } } =
      { type: "WithdrawRecord", data: { category: "contract", subjectId: SPC_CLOUD, eventId: nthId(3), reason: "Errore" } };
    given(...CAPPED, determined(60_00), collected(60_00)).when(withdraw).thenRefused("HISTORY_REFUSED", /PenaltyCollected/);
  });
  it("are not adjusted below zero, nor by nothing", () => {
    given(...CAPPED, determined(60_00)).when(adjust(-60_01)).thenRefused("WRONG_STATE", /below zero/);
    given(...CAPPED, determined(60_00)).when(adjust(0)).thenRefused("INVALID_INPUT", /nothing would move/, "amount.amountCents");
    given(...CAPPED).when(adjust(1)).thenRefused("NOT_FOUND");
  });
  it("are adjusted and shared by a computation of their own period only", () => {
    const by = (period: string): ContractCommand => ({ type: "AdjustPenalty", data: { ...of, entryId: entryId("a1"), amount: eur(-20_00), reason: "Esclusione", computation: { ...computation, period } } });
    given(...CAPPED, determined(60_00)).when(by("2019-10")).thenRefused("WRONG_STATE", /is for 2019-09, the computation of 2019-10/, "computation.period");
    given(...CAPPED, determined(60_00), collected(60_00))
      .when({ type: "ApportionPenalty", data: { ...of, entryId: entryId("r1"), amount: eur(60_00), key: "lost-workstation-hours", computation: { ...computation, period: "2019-08" }, shares: shares(60_00) } })
      .thenRefused("WRONG_STATE", /is for 2019-09/, "computation.period");
    given(...CAPPED, determined(60_00)).when(by("2019-09")).then({ type: "PenaltyAdjusted", data: { ...of, entryId: entryId("a1"), amount: eur(-20_00), reason: "Esclusione", computation } });
  });
  it("are collected once: never more than is due, and paid back only what came in beyond it", () => {
    given(...CAPPED, determined(60_00)).when(collect(60_00)).then(collected(60_00, "i2"));
    given(...CAPPED, determined(60_00), collected(60_00)).when(collect(1)).thenRefused("WRONG_STATE", /at most 0 more/);
    given(...CAPPED, determined(60_00), collected(60_00)).when(collect(60_00, "i1")).thenRefused("ID_ALREADY_USED");
    given(...CAPPED, determined(60_00), collected(60_00)).when(collect(-1)).thenRefused("WRONG_STATE", /at most 0 can be paid back/);
    given(...CAPPED, determined(60_00), collected(60_00), adjusted(-10_00)).when(collect(-10_00)).then(collected(-10_00, "i2"));
  });
  it("are shared when they are collected, all of it, to the cent; again after an adjustment", () => {
    given(...CAPPED, determined(60_00), collected(60_00)).when(apportion(60_00)).then(apportioned(60_00, "r2"));
    given(...CAPPED, determined(60_00)).when(apportion(60_00)).thenRefused("NOTHING_TO_CHANGE", /nothing to share/);
    given(...CAPPED, determined(60_00), collected(60_00)).when(apportion(50_00)).thenRefused("WRONG_STATE", /6000 cents are to be shared, not 5000/);
    given(...CAPPED, determined(60_00), collected(60_00), apportioned(60_00)).when(apportion(60_00)).thenRefused("NOTHING_TO_CHANGE");
    given(...CAPPED, determined(60_00), collected(60_00), apportioned(60_00), adjusted(-10_00)).when(apportion(-10_00)).then(apportioned(-10_00, "r2"));
  });
  it("have shares that add up, one a body", () => {
    const wrong = { ...of, entryId: entryId("r1"), amount: eur(60_00), key: "equally" as const, computation };
    given(...CAPPED, determined(60_00), collected(60_00)).when({ type: "ApportionPenalty", data: { ...wrong, shares: [{ bodyId: LECCO, weight: "1", amountCents: 59_99 }] } }).thenRefused("INVALID_INPUT", /add up/, "shares");
    given(...CAPPED, determined(60_00), collected(60_00))
      .when({ type: "ApportionPenalty", data: { ...wrong, shares: [{ bodyId: VALMADRERA, weight: "1", amountCents: 30_00 }, { bodyId: VALMADRERA, weight: "1", amountCents: 30_00 }] } }).thenRefused("INVALID_INPUT", /two shares/);
  });
});
