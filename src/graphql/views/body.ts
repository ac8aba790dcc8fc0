import type { AdoptionRow, BodyRow } from "../../../projections/rows.js";
import type { Reading } from "../reading.js";

export type BodyView = ReturnType<typeof bodyView>;
export function bodyView({ bodyId, name, kind, names, memberships }: BodyRow, reading: Reading) {
  return { __typename: "Body" as const, id: bodyId, name, kind, names, memberships, reading };
}

export type AdoptionView = ReturnType<typeof adoptionView>;
export function adoptionView({ bodyId, serviceId, spans }: AdoptionRow, reading: Reading) {
  return { bodyId, serviceId, spans, reading };
}
