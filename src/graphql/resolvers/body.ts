import { isBodyId, type BodyId, type Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { NameOrder } from "../../readmodel/known-ledger.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { periodOf, type PeriodInput } from "../input/period.js";
import { adoptionView, bodyView, type AdoptionView, type BodyView } from "../views/body.js";
import { impactReportView } from "../views/impact.js";
import { incidentView } from "../views/incident.js";
import { knowledgeOfMany, knowledgeOfOne } from "../views/knowledge.js";
import { connectionView } from "../views/page.js";
import { serviceView } from "../views/service.js";
import type { FieldResolvers } from "./resolver.js";

export const bodyQueries: FieldResolvers = {
  body: async (_: unknown, args: KnownArgs & { readonly id: string }, context: Context) => {
    const id = idOf(args.id, isBodyId, "id");
    const reading = await readingFor(context, args);
    const row = reading.known.bodies([id]).get(id);
    return row && bodyView(row, reading);
  },
  bodies: async (_: unknown, args: KnownArgs & PageArgs & { readonly order: NameOrder }, context: Context) => {
    const page = pageOf(args);
    const reading = await readingFor(context, args);
    const listed = reading.known.listBodies(args.order, page);
    return connectionView(listed, (row) => bodyView(row, reading), { after: isGiven(args.after), knowledge: knowledgeOfMany(reading, "body") });
  },
};

export const bodyFields: FieldResolvers = {
  workstations: ({ id, reading }: BodyView) => reading.loaders.workstationsOfBody.load(id),
  workstationsAt: async ({ id, reading }: BodyView, args: { readonly at?: Optional<Instant> }) => {
    const at = args.at ?? reading.known.knowledge.instant;
    const declared = await reading.loaders.workstationsOfBody.load(id);
    return declared.findLast(({ effectiveFrom }) => effectiveFrom <= at)?.workstations;
  },
  adoptions: async ({ id, reading }: BodyView) => (await reading.loaders.adoptionsOfBody.load(id)).map((row) => adoptionView(row, reading)),
  incidents: async ({ id, reading }: BodyView, { period }: { readonly period: PeriodInput }) => {
    const rows = await reading.loaders.incidentsOfBody(periodOf(period).span).load(id);
    return rows.map((row) => incidentView(row, reading));
  },
  impact: async ({ id, reading }: BodyView, { period, asOf }: { readonly period: PeriodInput; readonly asOf?: Optional<Instant> }) => {
    const { span, zone } = periodOf(period);
    const report = await reading.loaders.impactOfBody({ period: span, zone, ...(isGiven(asOf) && { asOf }) }).load(id);
    if (report === undefined) throw unknownBody(id);
    return impactReportView(report, reading);
  },
  knowledge: ({ id, reading }: BodyView) => knowledgeOfOne(reading, "body", id),
};

export const adoptionFields: FieldResolvers = {
  body: async ({ bodyId, reading }: AdoptionView) => {
    const row = await reading.loaders.body.load(bodyId);
    return row && bodyView(row, reading);
  },
  service: async ({ serviceId, reading }: AdoptionView) => {
    const row = await reading.loaders.service.load(serviceId);
    return row && serviceView(row, reading);
  },
};

function unknownBody(bodyId: BodyId): LedgerError {
  return new LedgerError({ code: "NOT_FOUND", field: "bodyId", params: { bodyId }, message: `the ledger does not know a body ${bodyId}` });
}
