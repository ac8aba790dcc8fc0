import type { LedgerEvent } from "../src/domain/record.js";
import type { Projection } from "../src/kernel/projection.js";
import { adoptions } from "./adoptions.js";
import { agreements } from "./agreements.js";
import { assessments } from "./assessments.js";
import { bodies } from "./bodies.js";
import { communications } from "./communications.js";
import { contracts } from "./contracts.js";
import { disruptions } from "./disruptions.js";
import { evidence } from "./evidence.js";
import { exclusions } from "./exclusions.js";
import { incidentClocks } from "./incident-clocks.js";
import { improvements } from "./improvements.js";
import { incidents } from "./incidents.js";
import { maintainedServices } from "./maintained-services.js";
import { maintenance } from "./maintenance.js";
import { obligations } from "./obligations.js";
import { penalties } from "./penalties.js";
import { services } from "./services.js";
import { terms } from "./terms.js";
import { timeline } from "./timeline.js";
import { workstations } from "./workstations.js";

/** What to do with a projection whatever its rows are. */
export interface ProjectionUse<Result> {
  <Row>(projection: Projection<Row, LedgerEvent>): Result;
}
/** A projection of rows of some kind. */
export interface SomeProjection {
  readonly name: string;
  readonly version: number;
  readonly use: <Result>(how: ProjectionUse<Result>) => Result;
}

/** Hides of which kind the rows are, so that projections can stand in one list. */
export function some<Row>(projection: Projection<Row, LedgerEvent>): SomeProjection {
  return { name: projection.name, version: projection.version, use: (how) => how(projection) };
}

/** Every read model: its name, its version, its fold. */
export const PROJECTIONS: readonly SomeProjection[] = [
  some(bodies), some(workstations), some(services), some(adoptions), some(contracts), some(agreements), some(maintenance),
  some(maintainedServices), some(incidents), some(disruptions), some(timeline), some(communications), some(evidence), some(improvements),
  some(terms), some(penalties), some(assessments), some(exclusions), some(obligations), some(incidentClocks),
];
