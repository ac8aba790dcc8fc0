import { isContractId } from "../../kernel/brand.js";
import type { NameOrder } from "../../readmodel/known-ledger.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { agreementView, contractView, maintenanceView, type ContractView, type MaintenanceView } from "../views/contract.js";
import { knowledgeOfMany, knowledgeOfOne } from "../views/knowledge.js";
import { connectionView } from "../views/page.js";
import { serviceView } from "../views/service.js";
import type { FieldResolvers } from "./resolver.js";

export const contractQueries: FieldResolvers = {
  contract: async (_: unknown, args: KnownArgs & { readonly id: string }, context: Context) => {
    const id = idOf(args.id, isContractId, "id");
    const reading = await readingFor(context, args);
    const row = reading.known.contracts([id]).get(id);
    return row && contractView(row, reading);
  },
  contracts: async (_: unknown, args: KnownArgs & PageArgs & { readonly order: NameOrder }, context: Context) => {
    const page = pageOf(args);
    const reading = await readingFor(context, args);
    const listed = reading.known.listContracts(args.order, page);
    return connectionView(listed, (row) => contractView(row, reading), { after: isGiven(args.after), knowledge: knowledgeOfMany(reading, "contract") });
  },
};

export const contractFields: FieldResolvers = {
  agreements: async ({ id, reading }: ContractView) => (await reading.loaders.agreementsOfContract.load(id)).map(agreementView),
  services: async ({ id, reading }: ContractView) => (await reading.loaders.servicesOfContract.load(id)).map((row) => serviceView(row, reading)),
  maintenance: async ({ id, reading }: ContractView) => (await reading.loaders.maintenanceOfContract.load(id)).map((row) => maintenanceView(row, reading)),
  knowledge: ({ id, reading }: ContractView) => knowledgeOfOne(reading, "contract", id),
};

export const maintenanceFields: FieldResolvers = {
  services: async ({ serviceIds, reading }: MaintenanceView) => {
    const rows = await Promise.all(serviceIds.map((id) => reading.loaders.service.load(id)));
    return rows.flatMap((row) => (row === undefined ? [] : [serviceView(row, reading)]));
  },
};
