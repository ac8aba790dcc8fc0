import type { KnownLedger } from "../../readmodel/known-ledger.js";
import type { ReportQueries } from "../queries.js";

/** What an assessment asks of the read models, at one knowledge. A `KnownLedger` is one. */
export type AssessmentQueries = ReportQueries & Pick<KnownLedger, "contracts" | "penaltiesOfContracts" | "assessmentsOfContracts" | "clocksOfIncidents" | "clocksWithin">;
