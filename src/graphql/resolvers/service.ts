import { isServiceId } from "../../kernel/brand.js";
import type { NameOrder } from "../../readmodel/known-ledger.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { periodOf, type PeriodInput } from "../input/period.js";
import { adoptionView } from "../views/body.js";
import { contractView, maintenanceView } from "../views/contract.js";
import { incidentView } from "../views/incident.js";
import { knowledgeOfMany, knowledgeOfOne } from "../views/knowledge.js";
import { connectionView } from "../views/page.js";
import { serviceView, type ServiceView } from "../views/service.js";
import type { FieldResolvers } from "./resolver.js";

export const serviceQueries: FieldResolvers = {
  service: async (_: unknown, args: KnownArgs & { readonly id: string }, context: Context) => {
    const id = idOf(args.id, isServiceId, "id");
    const reading = await readingFor(context, args);
    const row = reading.known.services([id]).get(id);
    return row && serviceView(row, reading);
  },
  services: async (_: unknown, args: KnownArgs & PageArgs & { readonly order: NameOrder }, context: Context) => {
    const page = pageOf(args);
    const reading = await readingFor(context, args);
    const listed = reading.known.listServices(args.order, page);
    return connectionView(listed, (row) => serviceView(row, reading), { after: isGiven(args.after), knowledge: knowledgeOfMany(reading, "service") });
  },
};

export const serviceFields: FieldResolvers = {
  contract: async ({ contractId, reading }: ServiceView) => {
    const row = await reading.loaders.contract.load(contractId);
    return row && contractView(row, reading);
  },
  adoptions: async ({ id, reading }: ServiceView) => (await reading.loaders.adoptionsOfService.load(id)).map((row) => adoptionView(row, reading)),
  incidents: async ({ id, reading }: ServiceView, { period }: { readonly period: PeriodInput }) => {
    const rows = await reading.loaders.incidentsOfService(periodOf(period).span).load(id);
    return rows.map((row) => incidentView(row, reading));
  },
  maintenance: async ({ id, reading }: ServiceView, { period }: { readonly period: PeriodInput }) => {
    const rows = await reading.loaders.maintenanceOfService(periodOf(period).span).load(id);
    return rows.map((row) => maintenanceView(row, reading));
  },
  knowledge: ({ id, reading }: ServiceView) => knowledgeOfOne(reading, "service", id),
};
