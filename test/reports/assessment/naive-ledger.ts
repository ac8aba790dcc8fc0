import type { Degree } from "../../../src/domain/values.js";
import type { Terms } from "../../../src/domain/terms/terms.js";

/** What happened, as the second implementation is told it. Times are whole seconds since 1970-01-01T00:00:00Z; spans are half-open. */
export type Seconds = number;
/** Earliest and latest. */
export type Either = readonly [earliest: Seconds, latest: Seconds];
export type From = readonly [from: Seconds, to: Seconds];

export interface NaiveBody {
  readonly id: string;
  readonly member: readonly From[];
  /** By service. */
  readonly adopted: ReadonlyMap<string, readonly From[]>;
  /** From when on how many; sorted. */
  readonly workstations: readonly (readonly [from: Seconds, count: number])[];
}
export interface NaiveDisruption {
  readonly incident: string;
  readonly id: string;
  readonly service: string;
  /** What holds from each time on; in their order. `hits`: undefined for all. */
  readonly phases: readonly { readonly at: Either; readonly degree: Degree; readonly hits: readonly string[] | undefined }[];
  readonly end: Either | undefined;
}
export interface NaiveMaintenance {
  readonly services: readonly string[];
  readonly window: From;
  readonly recordedAt: Seconds;
  readonly cancelled: Either | undefined;
}
export interface NaiveFee {
  readonly from: Seconds;
  readonly cents: number;
  readonly currency: string;
  readonly per: "month" | "quarter" | "year";
}
export interface NaiveLedger {
  readonly zone: string;
  /** Of the contract. */
  readonly services: readonly string[];
  readonly bodies: readonly NaiveBody[];
  /** By their dates. */
  readonly terms: readonly Terms[];
  readonly maintenance: readonly NaiveMaintenance[];
  readonly granted: readonly { readonly services: readonly string[]; readonly spans: readonly From[] }[];
  readonly disruptions: readonly NaiveDisruption[];
  readonly fees: readonly NaiveFee[];
  /** The contract amount and its amendments, the award first. */
  readonly amounts: readonly { readonly from: Seconds; readonly cents: number; readonly currency: string }[];
}
