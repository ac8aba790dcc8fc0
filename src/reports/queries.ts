import type { KnownLedger } from "../readmodel/known-ledger.js";

/** What the reports ask of the read models, at one knowledge and for one viewer. A `KnownLedger` is one. */
export type ReportQueries = Pick<
  KnownLedger,
  | "knowledge" | "bodies" | "services" | "incidents" | "listBodies" | "listTimeline"
  | "workstationsOfBodies" | "adoptionsOfBodies" | "adoptionsOfServices" | "servicesOfContracts" | "agreementsOfContracts"
  | "maintenanceOfServices" | "disruptionsOfIncidents" | "disruptionsOfServices"
  | "timelineOfIncidents" | "timelineOfBodies" | "timelineOfServices" | "timelineOfContracts" | "timelineOfMaintenance"
  | "termsOfContracts" | "exclusionsOfContracts"
  | "incidentsDuring" | "disruptionsBegunIn" | "entriesOfIncidents" | "improvementsOfIncidents" | "improvementsDueIn"
  | "positionsOf" | "notUnderstood"
>;
