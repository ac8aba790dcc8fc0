import { z } from "zod";
import { LedgerError } from "../kernel/errors.js";
import { refusalOf } from "../domain/refusal.js";
import { DEGREES } from "../domain/values.js";
import { parseDocument } from "./formats/json-document.js";

/** What a source's word for "how bad" becomes: a disruption of that degree, a maintenance, or a timeline entry only. */
export const EFFECTS = [...DEGREES, "maintenance", "none"] as const;
export type Effect = (typeof EFFECTS)[number];

const name = z.string().min(1).max(200);
const componentMappingSchema = z.strictObject({
  /** Statuspage components, by name or id: the service that each is, and the bodies that have it. */
  components: z.record(name, z.strictObject({ service: name.exactOptional(), bodies: z.array(name).min(1).max(1000).exactOptional() })),
  /** Names of bodies by id. */
  bodies: z.record(name, name).exactOptional(),
});
/** A page's components split over services and bodies. */
export type ComponentMapping = z.infer<typeof componentMappingSchema>;

/** A mapping file's text. Throws LedgerError INVALID_INPUT that names the field. */
export function parseMapping(text: string): ComponentMapping {
  const document = parseDocument(text);
  const parsed = componentMappingSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new LedgerError(refusalOf(parsed.error, document));
}
