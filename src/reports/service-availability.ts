import type { BodyId, ServiceId } from "../kernel/brand.js";
import type { BodyRow, ServiceRow } from "../../projections/rows.js";
import type { ServiceExplanationPart } from "./explanation.js";
import type { Figures } from "./figures.js";
import type { ReportFrame, ReportOptions } from "./frame.js";
import type { DisruptionImpact } from "./impact-report.js";
import type { ReportQueries } from "./queries.js";

/** How a service as a whole is weighed, over the bodies owed it at each moment: the largest of their weights, the smallest, or the mean weighted by workstations. */
export const SERVICE_MODES = ["any", "all", "mean"] as const;
export type ServiceMode = (typeof SERVICE_MODES)[number];

/** Availability of a service as a whole over a period (domain.md, "Impact and availability"). Agreed time is when at least one body is owed it. */
export interface ServiceAvailability extends ReportFrame {
  readonly serviceId: ServiceId;
  readonly service: ServiceRow;
  /** Bodies that are owed the service at some time of the period, by name, then id. */
  readonly bodies: readonly OwedBody[];
  /** Disruptions that hit one of them in the period. */
  readonly disruptions: readonly DisruptionImpact[];
  /** The terms will say which of them binds; until then all are given. */
  readonly modes: { readonly [Mode in ServiceMode]: Figures<ServiceExplanationPart> };
}
export interface OwedBody {
  readonly bodyId: BodyId;
  readonly body: BodyRow;
  /** Milliseconds of the period in which it is owed the service (least, where banded times leave it open). */
  readonly agreedMs: number;
}

/** Throws LedgerError NOT_FOUND for a service that is not known. */
export declare function serviceAvailability(ledger: ReportQueries, serviceId: ServiceId, options: ReportOptions): ServiceAvailability;
