import { expect } from "chai";
import { PROJECTIONS } from "../../projections/index.js";
import { EVENT_CATEGORY } from "../../src/domain/catalog.js";
import { factSchema, type LedgerEvent } from "../../src/domain/record.js";
import type { Recorded } from "../../src/kernel/event.js";
import { EVERY_FACT } from "./every-fact.js";
import { recording } from "./folding.js";

/** Which read models an event touches, each with the rows. */
function touched(recorded: Recorded<LedgerEvent>): Readonly<Record<string, readonly string[]>> {
  const pairs = PROJECTIONS.map((each) => [each.name, each.use((projection) => projection.keys(recorded))] as const);
  return Object.fromEntries(pairs.filter(([, keys]) => keys.length > 0));
}
function first(events: readonly Recorded<LedgerEvent>[]): Recorded<LedgerEvent> {
  const event = events.at(-1);
  return event ?? expect.fail("there is an event");
}

const HEAD_AND_CLOCKS = ["incidents", "incident_clocks"];
/** The read models that a fact is for, beside the timeline, which shows them all. */
const FOR: { readonly [Type in keyof typeof EVERY_FACT]: readonly string[] } = {
  BodyJoined: ["bodies"], BodyRenamed: ["bodies"], WorkstationsDeclared: ["workstations"], BodyLeft: ["bodies"],
  ServiceCatalogued: ["services"], ServiceAdopted: ["adoptions"], ServiceDropped: ["adoptions"],
  ContractAwarded: ["contracts"], ContractAmended: ["agreements"], FeeAgreed: ["agreements"], WorkstationCostAgreed: ["agreements"],
  MaintenanceAnnounced: ["maintenance", "maintained_services"], MaintenanceCancelled: ["maintenance"],
  IncidentReported: HEAD_AND_CLOCKS, SeverityAssigned: HEAD_AND_CLOCKS, IncidentAcknowledged: HEAD_AND_CLOCKS, CauseAttributed: ["incidents"],
  IncidentResolved: HEAD_AND_CLOCKS, IncidentReopened: HEAD_AND_CLOCKS, IncidentClosed: ["incidents"],
  DisruptionOpened: ["disruptions"], DisruptionRescoped: ["disruptions"], DisruptionDegreeChanged: ["disruptions"], DisruptionEnded: ["disruptions", "incident_clocks"],
  SupplierNotified: ["communications", "incident_clocks"], SupplierStatementReceived: ["communications"], MembersInformed: ["communications"], EvidenceAttached: ["evidence"],
  TermsAgreed: ["terms"], PenaltyDetermined: ["penalties"], PenaltyAdjusted: ["penalties"], PenaltyCollected: ["penalties"], PenaltyApportioned: ["penalties"],
  AssessmentComputed: ["assessments"], FindingRecorded: ["assessments"], ObjectionRaised: ["assessments"], CounterArgumentsReceived: ["assessments"],
  ExclusionGranted: ["assessments", "exclusions"], ExclusionRefused: ["assessments"],
  ObligationApplies: ["obligations"], ObligationDoesNotApply: ["obligations"], AwarenessEstablished: ["obligations"], NotificationFiled: ["obligations"],
  ResponseRecorded: [], ClockPaused: ["incident_clocks"], ClockResumed: ["incident_clocks"], ImprovementPromised: ["improvements"], ImprovementCompleted: ["improvements"], ReportFiled: [],
};

describe("every event type of the catalogue", () => {
  it("is among the facts of these specs, or corrects or withdraws them", () => {
    expect(Object.keys(EVENT_CATEGORY).sort()).to.deep.equal([...Object.keys(EVERY_FACT), "RecordCorrected", "RecordWithdrawn"].sort());
    for (const fact of Object.values(EVERY_FACT)) expect(factSchema.parse(fact)).to.deep.equal(fact);
  });
  for (const [type, fact] of Object.entries(EVERY_FACT)) {
    it(`${type} touches its read models and the timeline, and its correction and withdrawal the same rows`, () => {
      const own = touched(first(recording(fact)));
      const expected = Object.entries(FOR).find(([name]) => name === type)?.[1] ?? [];
      expect(Object.keys(own).sort()).to.deep.equal([...expected, "timeline"].sort());
      expect(touched(first(recording(fact, { correct: 1, as: fact })))).to.deep.equal(own);
      expect(touched(first(recording(fact, { withdraw: 1 })))).to.deep.equal(own);
    });
  }
});

describe("every read model", () => {
  it("has a name of its own that can stand in SQL, and a version", () => {
    const names = PROJECTIONS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const { name, version } of PROJECTIONS) {
      expect(name).to.match(/^[a-z]+(_[a-z]+)*$/);
      expect(version).to.be.at.least(1);
    }
  });
});
