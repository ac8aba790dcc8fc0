import type { Instant } from "../../kernel/brand.js";
import { isJsonObject } from "../../kernel/json.js";
import { ok, type Result } from "../../kernel/result.js";
import { parseLocalDate } from "../../time/text.js";
import { isZoneId } from "../../time/zone.js";

/**
 * From when a document of terms holds: the midnight of its `effectiveFrom` in its zone. Undefined where it does not say so, which its schema complains of.
 * Refused: INVALID_TIME.
 */
export function beginningOf(terms: unknown, field: string): Result<Instant> | undefined {
  if (!isJsonObject(terms)) return undefined;
  const { effectiveFrom, zone } = terms;
  if (typeof effectiveFrom !== "string" || !isZoneId(zone)) return undefined;
  const midnight = parseLocalDate(effectiveFrom, zone, field);
  return midnight.ok ? ok(midnight.value) : midnight;
}
