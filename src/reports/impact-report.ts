import type { ContractId, DisruptionId, EventId, IncidentId, Instant, ServiceId } from "../kernel/brand.js";
import type { Currency, Money } from "../kernel/money.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { Rational } from "../kernel/rational.js";
import type { BodyRow, DisruptionPhase, IncidentRow, ServiceRow } from "../../projections/rows.js";
import type { When } from "../time/when.js";
import type { ExplanationPart } from "./explanation.js";
import type { Figures } from "./figures.js";
import type { ReportFrame } from "./frame.js";
import type { Evaluations, Range } from "./range.js";
import type { TimelineEntry } from "./timeline-entry.js";

/** What a body suffered over a period (domain.md, "Impact and availability"). */
export interface ImpactReport extends ReportFrame {
  readonly body: BodyRow;
  /** Every service that the body had adopted, as a member, at some time of the period; by name, then id. */
  readonly services: readonly ServiceImpact[];
  /** Over the union of the services' agreed time, with the largest weight at each moment: an hour is lost once. */
  readonly total: Figures<ExplanationPart>;
  /** Cost of the time lost; one entry a currency, none where no yearly cost of a workstation is agreed. */
  readonly costs: readonly TotalCost[];
  /** The same contract by contract. */
  readonly contractCosts: readonly ContractCost[];
  /** Disruptions that hit the body in the period, by start, end and id. */
  readonly disruptions: readonly DisruptionImpact[];
  /**
   * What the lead body did about the incidents that hit the body in the period, as far as it concerns the body: tied to no disruption or to one that hit the body,
   * for everyone or naming the body. In the order of occurrence, up to `asOf`, also after the period. Loaded when asked for, for all bodies of the request at once.
   */
  responses(): readonly ConcerningEntry[];
  /** What was said to and by the supplier and to the members, chosen as for `responses`. */
  communications(): readonly ConcerningEntry[];
}

export interface ServiceImpact extends Figures<ExplanationPart> {
  readonly serviceId: ServiceId;
  readonly service: ServiceRow;
  readonly contractId: ContractId;
}

export interface TotalCost {
  readonly currency: Currency;
  /** The exact sum over the contracts, in cents. */
  readonly exactCents: Range<Rational>;
  /** Rounded half up, once. */
  readonly cost: Range<Money>;
}

/** Lost workstation-hours over the union of one contract's services, at the yearly cost of a workstation agreed for that contract. */
export interface ContractCost {
  readonly contractId: ContractId;
  readonly currency: Currency;
  readonly exactCents: Range<Rational>;
  /** Rounded half up, once. */
  readonly cost: Range<Money>;
  /** Parts add up to `exactCents`. */
  explanation(): Evaluations<readonly CostPart[]>;
}

/** Hours lost while one yearly cost held, in one calendar year: cents = hours · yearly cost ÷ hours of the union in that year. */
export interface CostPart {
  readonly start: Instant;
  readonly end: Instant;
  readonly year: number;
  readonly yearlyCost: Money;
  /** The agreement. */
  readonly eventId: EventId;
  readonly lostWorkstationHours: Rational;
  /** Hours of the union of the contract's services' agreed time over the whole calendar year, as known. */
  readonly unionHours: Rational;
  readonly cents: Rational;
}

/** A disruption that may have hit someone in the period. */
export interface DisruptionReach {
  readonly incidentId: IncidentId;
  readonly incident: IncidentRow | undefined;
  readonly disruptionId: DisruptionId;
  readonly serviceId: ServiceId;
  /** The whole of it, as recorded; `end` is absent while it goes on. */
  readonly start: When;
  readonly end: When | undefined;
  /** Scope and degree over time, for all bodies. */
  readonly phases: readonly DisruptionPhase[];
  /** Earliest start to latest end within what the report covers, for those the report is about: cut to its scope, to adoption and membership. */
  readonly clipped: TimeSpan;
  /** It was going on as of then, and is counted up to then. */
  readonly open: boolean;
}

/** A disruption that may have hit the body in the period. */
export interface DisruptionImpact extends DisruptionReach {
  /** Downtime that it alone would account for, in milliseconds: disruptions that overlap each count their own here, the total counts once. */
  readonly aloneDowntimeMs: Range<Rational>;
}

export interface ConcerningEntry {
  readonly entry: TimelineEntry;
  /** Whether it may have happened within the period. */
  readonly inPeriod: boolean;
}
