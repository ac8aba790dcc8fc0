import { adoptions } from "../../projections/adoptions.js";
import { agreements } from "../../projections/agreements.js";
import { assessments } from "../../projections/assessments.js";
import { bodies } from "../../projections/bodies.js";
import { communications } from "../../projections/communications.js";
import { contracts } from "../../projections/contracts.js";
import { disruptions } from "../../projections/disruptions.js";
import { evidence } from "../../projections/evidence.js";
import { exclusions } from "../../projections/exclusions.js";
import { incidentClocks } from "../../projections/incident-clocks.js";
import { improvements } from "../../projections/improvements.js";
import { incidents } from "../../projections/incidents.js";
import { maintainedServices } from "../../projections/maintained-services.js";
import { maintenance } from "../../projections/maintenance.js";
import { obligations } from "../../projections/obligations.js";
import { penalties } from "../../projections/penalties.js";
import { services } from "../../projections/services.js";
import { terms } from "../../projections/terms.js";
import { timeline } from "../../projections/timeline.js";
import { workstations } from "../../projections/workstations.js";
import type { Reader } from "./reader.js";
import { RowQueries } from "./row-queries.js";

/** The read models, each with the order in which its rows are given. */
export function queriesOf(reader: Reader) {
  return {
    reader,
    bodies: new RowQueries(reader, bodies, ["bodyId"]),
    workstations: new RowQueries(reader, workstations, ["effectiveFrom"]),
    services: new RowQueries(reader, services, ["name"]),
    adoptions: new RowQueries(reader, adoptions, ["serviceId", "bodyId"]),
    contracts: new RowQueries(reader, contracts, ["title"]),
    agreements: new RowQueries(reader, agreements, ["effectiveFrom"]),
    maintenance: new RowQueries(reader, maintenance, ["started", "ended"]),
    maintainedServices: new RowQueries(reader, maintainedServices, ["started", "ended"]),
    incidents: new RowQueries(reader, incidents, ["started"]),
    incidentClocks: new RowQueries(reader, incidentClocks, ["started", "ended"]),
    disruptions: new RowQueries(reader, disruptions, ["started", "ended"]),
    timeline: new RowQueries(reader, timeline, ["started", "ended"]),
    timelineAsRecorded: new RowQueries(reader, timeline, []),
    communications: new RowQueries(reader, communications, []),
    evidence: new RowQueries(reader, evidence, []),
    terms: new RowQueries(reader, terms, ["effectiveFrom"]),
    penalties: new RowQueries(reader, penalties, []),
    assessments: new RowQueries(reader, assessments, []),
    exclusions: new RowQueries(reader, exclusions, []),
    obligations: new RowQueries(reader, obligations, []),
    improvements: new RowQueries(reader, improvements, ["started", "ended"]),
  };
}
export type Queries = ReturnType<typeof queriesOf>;
