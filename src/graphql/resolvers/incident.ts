import { isBodyId, isContractId, isIncidentId, isServiceId } from "../../kernel/brand.js";
import type { IncidentStatus, Severity } from "../../../projections/rows.js";
import type { IncidentFilter, IncidentOrder } from "../../readmodel/known-ledger.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { periodOf, type PeriodInput } from "../input/period.js";
import { incidentView } from "../views/incident.js";
import { knowledgeOfMany } from "../views/knowledge.js";
import { connectionView } from "../views/page.js";
import type { FieldResolvers } from "./resolver.js";

interface FilterInput {
  readonly period?: Optional<PeriodInput>;
  readonly statuses?: Optional<readonly IncidentStatus[]>;
  readonly severities?: Optional<readonly Severity[]>;
  readonly bodyId?: Optional<string>;
  readonly serviceId?: Optional<string>;
  readonly contractId?: Optional<string>;
  readonly text?: Optional<string>;
}
type ListArgs = KnownArgs & PageArgs & { readonly filter?: Optional<FilterInput>; readonly order: IncidentOrder };

function filterOf(input: FilterInput): IncidentFilter {
  const { period, statuses, severities, bodyId, serviceId, contractId, text } = input;
  return {
    ...(isGiven(period) && { span: periodOf(period, "filter.period").span }),
    ...(isGiven(statuses) && { statuses }),
    ...(isGiven(severities) && { severities }),
    ...(isGiven(bodyId) && { bodyId: idOf(bodyId, isBodyId, "filter.bodyId") }),
    ...(isGiven(serviceId) && { serviceId: idOf(serviceId, isServiceId, "filter.serviceId") }),
    ...(isGiven(contractId) && { contractId: idOf(contractId, isContractId, "filter.contractId") }),
    ...(isGiven(text) && { text }),
  };
}

export const incidentQueries: FieldResolvers = {
  incident: async (_: unknown, args: KnownArgs & { readonly id: string }, context: Context) => {
    const id = idOf(args.id, isIncidentId, "id");
    const reading = await readingFor(context, args);
    const row = reading.known.incidents([id]).get(id);
    return row && incidentView(row, reading);
  },
  incidents: async (_: unknown, args: ListArgs, context: Context) => {
    const [filter, page] = [filterOf(args.filter ?? {}), pageOf(args)];
    const reading = await readingFor(context, args);
    const listed = reading.known.listIncidents(filter, args.order, page);
    return connectionView(listed, (row) => incidentView(row, reading), { after: isGiven(args.after), knowledge: knowledgeOfMany(reading, "incident") });
  },
};
