import type { KnownLedger } from "../../readmodel/known-ledger.js";

/** What the cases of clocks are made of. A `KnownLedger` gives it; five statements, whatever the number of incidents. */
export type ClockQueries = Pick<KnownLedger, "knowledge" | "clocksOfIncidents" | "clocksWithin" | "disruptionsOfIncidents" | "services" | "termsOfContracts">;
