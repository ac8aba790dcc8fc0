import { readFileSync } from "node:fs";
import { z } from "zod";
import { HALVES, type Hit } from "./naive-seconds.js";

/** The mapping of Google's incidents.json once more, straight from the file and independent of the product (its only import is the walk by seconds). */

const named = z.object({ id: z.string() });
const incidentSchema = z.object({
  id: z.string(), begin: z.string(), end: z.string(), created: z.string(), modified: z.string(), status_impact: z.string(), affected_products: z.array(named),
  currently_affected_locations: z.array(named), previously_affected_locations: z.array(named),
  updates: z.array(z.object({ created: z.string(), when: z.string(), status: z.string(), text: z.string(), affected_locations: z.array(named) })),
});
export interface GoogleFact {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly halves: number;
  readonly products: readonly string[];
  /** Empty: all. */
  readonly locations: readonly string[];
  readonly createdAt: number;
  /** When the source can have said when it ended. */
  readonly endKnownAt: number;
  readonly updates: readonly { readonly at: number; readonly text: string }[];
}
const DEGREE: Readonly<Record<string, string>> = { SERVICE_OUTAGE: "outage", SERVICE_DISRUPTION: "partial", SERVICE_INFORMATION: "degraded" };
const seconds = (text: string): number => Date.parse(text) / 1000;

export function googleFacts(path: string): GoogleFact[] {
  return z.array(incidentSchema).parse(JSON.parse(readFileSync(path, "utf8"))).map((incident) => {
    const lists = [...incident.currently_affected_locations, ...incident.previously_affected_locations, ...incident.updates.flatMap((update) => update.affected_locations)];
    const to = seconds(incident.end);
    const available = incident.updates.filter(({ status, created }) => status === "AVAILABLE" && seconds(created) >= to).map(({ created }) => seconds(created));
    return {
      id: incident.id,
      from: seconds(incident.begin),
      to,
      halves: HALVES[DEGREE[incident.status_impact] ?? ""] ?? NaN,
      products: [...new Set(incident.affected_products.map(({ id }) => id))],
      locations: [...new Set(lists.map(({ id }) => id))],
      createdAt: seconds(incident.created),
      endKnownAt: available.length > 0 ? Math.min(...available) : seconds(incident.modified),
      updates: incident.updates.map((update) => ({ at: seconds(update.when), text: update.text })),
    };
  });
}

/** What hit a product at a location. */
export function hitsOn(facts: readonly GoogleFact[], product: string | undefined, location: string): (Hit & { readonly id: string })[] {
  return facts.filter(({ products, locations }) => (product === undefined || products.includes(product)) && (locations.length === 0 || locations.includes(location)))
    .map(({ id, from, to, halves }) => ({ id, from, to, halves }));
}

/** The facts as they stood at `at`: what was declared by then; what the source had not ended by then goes on. */
export function knownAt(facts: readonly GoogleFact[], at: number): GoogleFact[] {
  return facts.filter(({ createdAt }) => createdAt <= at).map((fact) => (fact.endKnownAt <= at ? fact : { ...fact, to: Math.max(at, fact.from) }));
}
