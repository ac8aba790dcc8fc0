import { isBodyId, isEventId } from "../src/kernel/brand.js";
import { integer, moment, text } from "./columns.js";
import { projectionOfEntries } from "./facts.js";
import type { WorkstationsRow } from "./rows.js";

/** Declared workstations (postazioni), a row a declaration. */
export const workstations = projectionOfEntries({
  name: "workstations",
  version: 1,
  columns: { eventId: text(isEventId), bodyId: text(isBodyId), workstations: integer, effectiveFrom: moment, recordedAt: moment },
  indexes: [{ kind: "plain", on: ["bodyId"] }],
  types: ["WorkstationsDeclared"],
  rowOf: ({ data }, origin): WorkstationsRow => ({
    ...origin, bodyId: data.bodyId, workstations: data.workstations, effectiveFrom: data.effectiveFrom,
  }),
});
