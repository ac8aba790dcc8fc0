import { isImportId, type LedgerId, type Position } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { Category } from "../../kernel/stream.js";
import type { Context, LedgerServices } from "../context.js";
import { idOf } from "../input/id.js";
import { isGiven, type Optional } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { readEvents } from "../raw-events.js";
import { readingOf } from "../reading.js";
import { storedEventView } from "../views/event.js";
import { freshnessView } from "../views/freshness.js";
import { connectionView } from "../views/page.js";
import type { FieldResolvers } from "./resolver.js";

interface EventFilterInput {
  readonly category?: Optional<Category>;
  readonly subjectId?: Optional<string>;
  readonly types?: Optional<readonly string[]>;
  readonly importId?: Optional<string>;
}
type EventArgs = PageArgs & { readonly filter?: Optional<EventFilterInput>; readonly direction: "forwards" | "backwards" };

interface LedgerView {
  readonly id: LedgerId;
  readonly position: Position | undefined;
  readonly eventCount: number;
  readonly services: LedgerServices;
}

export const ledgerQueries: FieldResolvers = {
  ledger: (_: unknown, __: unknown, { services }: Context): LedgerView => ({
    id: services.ledgerId, position: services.readModel.position, eventCount: services.readModel.eventCount, services,
  }),
  events: async (_: unknown, args: EventArgs, { services }: Context) => {
    const { category, subjectId, types, importId } = args.filter ?? {};
    if (isGiven(subjectId) && !isGiven(category)) {
      throw new LedgerError({ code: "INVALID_INPUT", field: "filter.category", message: "`subjectId` needs the `category` beside it: ids are unique within their kind of thing only" });
    }
    const page = await readEvents(services, {
      direction: args.direction, first: pageOf(args).first, after: args.after ?? undefined, category: category ?? undefined, subjectId: subjectId ?? undefined,
      types: types ?? undefined, importId: isGiven(importId) ? idOf(importId, isImportId, "filter.importId") : undefined,
    });
    return connectionView(page, storedEventView, { after: isGiven(args.after) });
  },
};

export const ledgerFields: FieldResolvers = {
  store: async ({ services: { store, storeName } }: LedgerView) => {
    const last = await store.lastPosition();
    const available = last.kind === "position";
    return { name: storeName, available, position: available ? last.position : null };
  },
  freshness: ({ services: { readModel } }: LedgerView) => freshnessView(readModel.freshness()),
  readModels: ({ services: { readModel } }: LedgerView) =>
    readModel.status().map(({ name, version, position, lagEvents, building }) => ({ name, version, position, lagEvents, buildingVersion: building?.version })),
  skippedEvents: async (_: LedgerView, __: unknown, context: Context) => (await readingOf(context, { knownAt: { kind: "now" } })).known.notUnderstood(),
};
