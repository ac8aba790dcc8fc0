import type { ContractId, EventId, IncidentId } from "../../kernel/brand.js";
import type { Claim } from "../../domain/assessment/events.js";
import { byTime } from "../../domain/incident/order.js";
import type { DisruptionRow } from "../../../projections/rows.js";
import { disruptionKey } from "../hit.js";
import type { AssessedPeriod } from "./period.js";
import type { AssessmentQueries } from "./queries.js";

/** A claim with the event by which the supplier makes it. */
export interface MadeClaim extends Claim {
  readonly claimedIn: EventId;
}

/**
 * What the supplier claims about the disruptions of a period, one claim each: what its latest counter-arguments in the assessment of the period say of the
 * disruption, or else what its latest statement on the incident comes to. By incident and disruption.
 */
export function claimsMade(ledger: AssessmentQueries, contractId: ContractId, assessed: AssessedPeriod): readonly MadeClaim[] {
  const claims = new Map([...stated(ledger, contractId, assessed), ...answered(ledger, contractId, assessed)].map((claim) => [disruptionKey(claim.incidentId, claim.disruptionId), claim]));
  return [...claims].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim);
}

function answered(ledger: AssessmentQueries, contractId: ContractId, { label }: AssessedPeriod): readonly MadeClaim[] {
  const steps = (ledger.assessmentsOfContracts([contractId]).get(contractId) ?? []).filter(({ period }) => period === label);
  return steps.flatMap(({ eventId, fact }) => (fact.type === "CounterArgumentsReceived" ? (fact.data.claims ?? []).map((claim) => ({ ...claim, claimedIn: eventId })) : []));
}

type Stated = Pick<MadeClaim, "claimedStart" | "claimedEnd" | "claimedIn">;

/** A statement is about a whole incident: of each disruption it disputes what lies outside the times it claims. */
function stated(ledger: AssessmentQueries, contractId: ContractId, { span }: AssessedPeriod): readonly MadeClaim[] {
  const services = (ledger.servicesOfContracts([contractId]).get(contractId) ?? []).map(({ serviceId }) => serviceId);
  const rows = [...ledger.disruptionsOfServices(services, span).values()].flat();
  const statements = statementsOn(ledger, [...new Set(rows.map(({ incidentId }) => incidentId))]);
  return rows.flatMap((row) => {
    const statement = statements.get(row.incidentId);
    return statement === undefined ? [] : disputed(row, statement);
  });
}

/** The latest statement on each incident that claims a time. */
function statementsOn(ledger: AssessmentQueries, ids: readonly IncidentId[]): ReadonlyMap<IncidentId, Stated> {
  const entries = [...ledger.entriesOfIncidents(ids, ["SupplierStatementReceived"])];
  return new Map(entries.flatMap(([id, rows]) => rows.flatMap(({ fact, eventId, withdrawal }) => {
    if (fact.type !== "SupplierStatementReceived" || withdrawal !== undefined) return [];
    const { claimedStart, claimedEnd } = fact.data;
    if (claimedStart === undefined && claimedEnd === undefined) return [];
    return [[id, { claimedIn: eventId, ...(claimedStart !== undefined && { claimedStart }), ...(claimedEnd !== undefined && { claimedEnd }) }] as const];
  })));
}

function disputed({ incidentId, disruptionId, start, end }: DisruptionRow, { claimedStart, claimedEnd, claimedIn }: Stated): readonly MadeClaim[] {
  const begunLater = claimedStart !== undefined && byTime(claimedStart, start) > 0;
  const overEarlier = claimedEnd !== undefined && (end === undefined || byTime(claimedEnd, end) < 0);
  if (!begunLater && !overEarlier) return [];
  return [{ incidentId, disruptionId, ...(begunLater && { claimedStart }), ...(overEarlier && { claimedEnd }), claimedIn }];
}
