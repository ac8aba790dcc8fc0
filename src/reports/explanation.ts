import type { BodyId, DisruptionId, EventId, IncidentId, Instant, ServiceId } from "../kernel/brand.js";
import type { Rational } from "../kernel/rational.js";
import type { Degree } from "../domain/values.js";
import type { ExclusionCause } from "./terms/excluded.js";

/** What a weight comes from: the disruption with the largest weight; of equals the one with the lower id (disruption, then incident). */
export interface DisruptionCause {
  readonly incidentId: IncidentId;
  readonly disruptionId: DisruptionId;
  readonly serviceId: ServiceId;
  readonly degree: Degree;
  /** The event that began this degree and scope. */
  readonly eventId: EventId;
}

/** One sub-span `[start, end)` in which nothing changes. Parts follow each other without gap or overlap over the whole of what a report covers. */
interface Part {
  readonly start: Instant;
  readonly end: Instant;
}
/** Agreed time: `end - start` counts in full, and `weight · (end - start)` as downtime. */
export interface CountedPart extends Part {
  readonly kind: "counted";
  /** From 0 (up) to 1 (down). */
  readonly weight: Rational;
  /** Absent where nothing is disrupted. A disruption of weight 0 is named. */
  readonly cause: DisruptionCause | undefined;
  /** Of the body; for a service as a whole, of all bodies owed. */
  readonly workstations: number;
  /** Milliseconds: weight · length. */
  readonly downtimeMs: Rational;
  /** Hours: weight · workstations · length; for a service as a whole, the sum of what its bodies lost. */
  readonly lostWorkstationHours: Rational;
}
/** Taken out of the agreed time, whatever else happened in it. */
export interface ExcludedPart extends Part {
  readonly kind: "excluded";
  readonly by: ExclusionCause;
}
/** Never agreed: the body is no member then, has not adopted the service, or it is outside the hours of service. */
export interface NotOwedPart extends Part {
  readonly kind: "not-owed";
  readonly reason: "not-a-member" | "not-adopted" | "outside-service-hours";
}
export type ExplanationPart = CountedPart | ExcludedPart | NotOwedPart;

/** A counted part of a service as a whole, with the bodies it is owed to at that time. */
export interface ServiceCountedPart extends CountedPart {
  readonly bodyIds: readonly BodyId[];
  /** Bodies that a disruption of any weight hits at that time. */
  readonly hitBodyIds: readonly BodyId[];
}
export type ServiceExplanationPart = ServiceCountedPart | ExcludedPart | NotOwedPart;
