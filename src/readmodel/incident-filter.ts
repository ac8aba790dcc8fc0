import { OPEN_ENDED } from "../kernel/projection.js";
import type { IncidentFilter } from "./known-ledger.js";
import type { Params } from "./reader.js";
import { knownIn, overlapIn } from "./row-queries.js";

/** A condition in SQL over an incident's `row`, with the values it names. */
export interface Condition {
  readonly sql: string;
  readonly params: Params;
}
/** Tables that a filter looks into beside the incidents' own. */
export interface FilterTables {
  readonly disruptions: string;
  readonly adoptions: string;
}

/** What a filter asks of an incident; all conditions must hold. */
export function conditionsOf(filter: IncidentFilter, tables: FilterTables): readonly Condition[] {
  const { span, statuses, severities, contractId, text, serviceId, bodyId } = filter;
  const disrupted = (which: string): string =>
    `EXISTS (SELECT 1 FROM ${tables.disruptions} AS hit WHERE hit.incident_id = row.incident_id AND ${knownIn("hit")} AND ${which})`;
  return [
    ...(span === undefined ? [] : [{ sql: `(${overlapIn("row")} OR ${disrupted(overlapIn("hit"))})`, params: { from: span.start, to: span.end } }]),
    ...(statuses === undefined ? [] : [{ sql: "row.status IN (SELECT value FROM json_each(:statuses))", params: { statuses: JSON.stringify(statuses) } }]),
    ...(severities === undefined ? [] : [{ sql: "row.severity IN (SELECT value FROM json_each(:severities))", params: { severities: JSON.stringify(severities) } }]),
    ...(contractId === undefined ? [] : [{ sql: "row.contract_id = :contract", params: { contract: contractId } }]),
    ...(serviceId === undefined ? [] : [{ sql: disrupted("hit.service_id = :service"), params: { service: serviceId } }]),
    ...(bodyId === undefined ? [] : [{ sql: disrupted(hitsBody(tables)), params: { body: bodyId } }]),
    ...wordsOf(text).map((word, index) => ({ sql: `instr(row.search_text, :word${index}) > 0`, params: { [`word${index}`]: word } })),
  ];
}

/**
 * SQL: the disruption `hit` is of a service that the body has adopted at some time of it, and some phase of it is for all or names the body.
 * A disruption without length counts where it lies; an adoption without length is none.
 */
function hitsBody({ adoptions }: FilterTables): string {
  return `EXISTS (SELECT 1 FROM ${adoptions} AS adopted, json_each(adopted.spans) AS span WHERE adopted.key = hit.service_id || '/' || :body AND ${knownIn("adopted")}
      AND span.value ->> 'start' < max(hit.ended, hit.started + 1)
      AND coalesce(span.value ->> 'end', ${OPEN_ENDED}) > max(hit.started, span.value ->> 'start'))
    AND EXISTS (SELECT 1 FROM json_each(hit.phases) AS phase WHERE phase.value ->> '$.scope.kind' = 'all'
      OR EXISTS (SELECT 1 FROM json_each(phase.value, '$.scope.bodyIds') AS named WHERE named.value = :body))`;
}

function wordsOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.toLowerCase().split(/\s+/u).filter((word) => word !== "");
}
