import { z } from "zod";

const named = z.object({ id: z.string().min(1).max(200), title: z.string().min(1).max(1000) });
const locations = z.array(named).max(1000).default([]);

const updateSchema = z.object({
  created: z.string(),
  when: z.string().optional(),
  text: z.string(),
  status: z.string().optional(),
  affected_locations: locations,
});

/** One incident of status.cloud.google.com/incidents.json, as far as it is imported. */
export const googleIncidentSchema = z.object({
  id: z.string().min(1).max(200),
  begin: z.string(),
  created: z.string(),
  end: z.string().nullish(),
  modified: z.string(),
  external_desc: z.string(),
  updates: z.array(updateSchema).max(10_000).default([]),
  status_impact: z.string(),
  severity: z.string().optional(),
  service_key: z.string().optional(),
  service_name: z.string().optional(),
  affected_products: z.array(named).max(1000).default([]),
  currently_affected_locations: locations,
  previously_affected_locations: locations,
});
export type GoogleIncident = z.infer<typeof googleIncidentSchema>;
export type GoogleUpdate = GoogleIncident["updates"][number];
export type Named = z.infer<typeof named>;

/** Every location that the incident names anywhere, each once, in the order of its id. */
export function locationsOf(incident: GoogleIncident): Named[] {
  const lists = [incident.currently_affected_locations, incident.previously_affected_locations, ...incident.updates.map((update) => update.affected_locations)];
  return uniqueById(lists.flat());
}

/** The products that the incident names; one from the times before there was a list of them, by its service key. */
export function productsOf(incident: GoogleIncident): Named[] {
  const { affected_products: products, service_key: id, service_name: title } = incident;
  if (products.length > 0) return uniqueById(products);
  return id !== undefined && title !== undefined && id !== "" && title !== "" ? [{ id, title }] : [];
}

function uniqueById(list: readonly Named[]): Named[] {
  return [...new Map(list.map((each) => [each.id, each])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
