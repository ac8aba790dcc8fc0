import { expect } from "chai";
import { entryId } from "../../src/kernel/brand.js";
import type { ObligationCommand, ObligationEvent } from "../../src/domain/obligation/events.js";
import { regimeSchema } from "../../src/domain/obligation/regime.js";
import { at, given, nthId } from "../support/given.js";
import { CLOUD_OUTAGE, COLICO, LECCO } from "../support/lecco.js";
import { GDPR } from "../support/terms.js";

const of = { incidentId: CLOUD_OUTAGE, regimeId: GDPR.id, bodyId: LECCO, occurredAt: at("2019-09-26T08:00:00Z") };
const APPLIES: ObligationEvent = { type: "ObligationApplies", data: { ...of, regime: GDPR, reason: "Dati personali" } };
const DOES_NOT: ObligationEvent = { type: "ObligationDoesNotApply", data: { ...of, reason: "Nessun dato personale" } };
const AWARE: ObligationEvent = { type: "AwarenessEstablished", data: of };
const filing = { ...of, entryId: entryId("prot-1"), stage: "notification" };
const FILED: ObligationEvent = { type: "NotificationFiled", data: filing };
const file: ObligationCommand = { type: "FileNotification", data: filing };

describe("an obligation under a legal regime", () => {
  it("is decided with a reason, and may be decided anew the other way, each body for itself", () => {
    given().when({ type: "DecideObligationApplies", data: { ...of, regime: GDPR, reason: "Dati personali" } }).then(APPLIES);
    given(APPLIES).when({ type: "DecideObligationApplies", data: { ...of, regime: GDPR, reason: "Altro" } }).thenRefused("WRONG_STATE", /applies to lecco; correct that record/);
    given(APPLIES).when({ type: "DecideObligationDoesNotApply", data: { ...of, reason: "Nessun dato personale" } }).then(DOES_NOT);
    given(DOES_NOT).when({ type: "DecideObligationDoesNotApply", data: { ...of, reason: "?" } }).thenRefused("WRONG_STATE", /does not apply to lecco/);
    given(DOES_NOT).when({ type: "DecideObligationApplies", data: { ...of, bodyId: COLICO, regime: GDPR, reason: "Dati personali" } }).then({ type: "ObligationApplies", data: { ...of, bodyId: COLICO, regime: GDPR, reason: "Dati personali" } });
    given().when({ type: "DecideObligationDoesNotApply", data: { ...of, reason: "" } }).thenRefused("INVALID_INPUT", undefined, "reason");
  });
  it("keeps the regime that it names, and no other", () => {
    given().when({ type: "DecideObligationApplies", data: { ...of, regime: { ...GDPR, stages: [] }, reason: "?" } }).thenRefused("INVALID_INPUT", undefined, "regime.stages");
    const data = { ...of, regime: regimeSchema.parse({ ...GDPR, id: "altro" }), reason: "?" };
    given().when({ type: "DecideObligationApplies", data }).thenRefused("INVALID_INPUT", /another regime/, "regime.id");
  });
  it("has one awareness for each body", () => {
    given().when({ type: "EstablishAwareness", data: of }).then(AWARE);
    given(AWARE).when({ type: "EstablishAwareness", data: of }).thenRefused("WRONG_STATE", /correct that record if its time is wrong/);
  });
  it("cannot have become aware after it filed, in whichever order the two are recorded", () => {
    given(APPLIES, FILED).when({ type: "EstablishAwareness", data: { ...of, occurredAt: at("2019-09-26T08:00:00.001Z") } }).thenRefused("OUT_OF_ORDER", /the stage notification was filed before that/, "occurredAt");
    given(APPLIES, FILED).when({ type: "EstablishAwareness", data: of }).then(AWARE);
    const later = { ...of, occurredAt: at("2019-09-26T08:00:00.001Z") };
    given(APPLIES, AWARE, FILED).when({ type: "CorrectRecord", data: { category: "obligation", subjectId: `${CLOUD_OUTAGE}~${GDPR.id}`, eventId: nthId(1), reason: "Ora sbagliata", data: later } }).thenRefused("HISTORY_REFUSED", /NotificationFiled/);
  });
  it("takes the notification of a stage once, after awareness, where it applies", () => {
    given(APPLIES, AWARE).when(file).then(FILED);
    given(AWARE).when(file).thenRefused("WRONG_STATE", /decide that first/);
    given(DOES_NOT).when(file).thenRefused("WRONG_STATE", /decide that first/);
    given(APPLIES).when({ type: "FileNotification", data: { ...filing, stage: "final-report" } }).thenRefused("NOT_FOUND", /it has notification/, "stage");
    given(APPLIES, FILED).when({ type: "FileNotification", data: { ...filing, entryId: entryId("prot-2") } }).thenRefused("WRONG_STATE", /filed already/);
    given(APPLIES, FILED).when(file).thenRefused("ID_ALREADY_USED");
    given(APPLIES, AWARE).when({ type: "FileNotification", data: { ...filing, occurredAt: at("2019-09-26T07:59:59Z") } }).thenRefused("OUT_OF_ORDER", /before the body was aware/, "occurredAt");
    given(APPLIES, FILED).when({ type: "DecideObligationDoesNotApply", data: { ...of, reason: "?" } }).thenRefused("WRONG_STATE", /withdraw that record first/);
  });
  it("stays what the rules accept when a record of it is withdrawn", () => {
    given(APPLIES, FILED).when({ type: "WithdrawRecord", data: { category: "obligation", subjectId: `${CLOUD_OUTAGE}~${GDPR.id}`, eventId: nthId(0), reason: "Errore" } }).thenRefused("HISTORY_REFUSED", /NotificationFiled/);
  });
});

describe("a regime as data", () => {
  const wrong: readonly (readonly [what: string, change: object, path: string, message: RegExp])[] = [
    ["without a stage", { stages: [] }, "stages", /no stage/],
    ["with a stage twice", { stages: [...GDPR.stages, ...GDPR.stages] }, "stages.1.id", /two stages have the id/],
    ["with a stage after one that is not there", { stages: [{ ...GDPR.stages[0], after: "prima" }] }, "stages.0.after", /no stage "prima" stands before it/],
    ["with a deadline that is none", { stages: [{ ...GDPR.stages[0], within: "72h" }] }, "stages.0.within", /not a deadline/],
    ["in a zone that does not exist", { zone: "Europe/Lecco" }, "zone", /not an IANA time zone/],
    ["with an id that is none", { id: "GDPR 33" }, "id", /not a regime id/],
  ];
  for (const [what, change, path, message] of wrong) {
    it(`${what} is refused, with the field`, () => {
      const issue = regimeSchema.safeParse({ ...GDPR, ...change }).error?.issues[0];
      expect(issue?.path.join(".")).to.equal(path);
      expect(issue?.message).to.match(message);
    });
  }
});
