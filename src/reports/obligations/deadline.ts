import { instant, type Instant, type ZoneId } from "../../kernel/brand.js";
import type { Stage } from "../../domain/obligation/regime.js";
import { daysAfter, monthsAfter } from "../../time/shift.js";

/**
 * The end of a stage's time that began at `from`: hours and minutes run on; days and months are those of the calendar in the regime's zone, to the same time by the
 * clock (`regimeSchema` lets nothing else through).
 */
export function endOfStage(from: Instant, within: Stage["within"], zone: ZoneId): Instant {
  const count = Number(/\d+/.exec(within)?.[0] ?? 0);
  const unit = within.at(-1);
  if (within.startsWith("PT")) return instant(from + count * (unit === "H" ? 3_600_000 : 60_000));
  return unit === "D" ? daysAfter(from, count, zone) : monthsAfter(from, count, zone);
}
