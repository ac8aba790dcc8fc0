import type { ServiceRow } from "../../../projections/rows.js";
import type { Reading } from "../reading.js";
import { textOrNull } from "./values.js";

export type ServiceView = ReturnType<typeof serviceView>;
export function serviceView({ serviceId, name, description, contractId, effectiveFrom }: ServiceRow, reading: Reading) {
  return { __typename: "Service" as const, id: serviceId, name, description: textOrNull(description), contractId, effectiveFrom, reading };
}
