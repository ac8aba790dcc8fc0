import type { SomeProjection } from "../../projections/index.js";
import { ordinal } from "../kernel/brand.js";
import type { Database } from "../sqlite/driver.js";
import { readCatalogue } from "./catalogue.js";
import type { Progress } from "./file.js";
import type { ReadModelStatus } from "./port.js";

export interface StatusOptions {
  readonly projections: readonly SomeProjection[];
  readonly progress: Progress;
  /** Number of this ledger's events that the store has shown; not less than those taken. */
  readonly seen: number;
  /** How far the builds are that stand beside, by the name of the read model. */
  readonly building: ReadonlyMap<string, number>;
}

/** How far each read model is. One that nothing has built yet stands at 0. */
export function statusOf(database: Database, { projections, progress, seen, building }: StatusOptions): readonly ReadModelStatus[] {
  const used = new Map(readCatalogue(database).flatMap((entry) => (entry.role === "building" ? [] : [[entry.name, entry] as const])));
  return projections.map(({ name, version }) => {
    const entry = used.get(name);
    const at = entry === undefined ? 0 : (entry.ordinal ?? progress.ordinal);
    const beside = building.get(name);
    return {
      name,
      version: entry?.version ?? version,
      ordinal: ordinal(at),
      position: at === progress.ordinal ? progress.position : undefined,
      lagEvents: Math.max(seen, progress.ordinal) - at,
      ...(beside !== undefined && { building: { version, ordinal: ordinal(beside) } }),
    };
  });
}
