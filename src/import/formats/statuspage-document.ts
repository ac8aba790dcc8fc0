import { z } from "zod";

const componentSchema = z.object({ id: z.string().max(200).nullish(), code: z.string().max(200).nullish(), name: z.string().min(1).max(1000) });

const affectedSchema = z.object({
  code: z.string().max(200).nullish(),
  name: z.string().min(1).max(1000),
  old_status: z.string().nullish(),
  new_status: z.string(),
});
const updateSchema = z.object({
  id: z.string().min(1).max(200),
  status: z.string().nullish(),
  body: z.string().nullish(),
  created_at: z.string(),
  display_at: z.string().nullish(),
  affected_components: z.array(affectedSchema).max(1000).nullish(),
});

/** One incident of a Statuspage v2 `incidents.json` (or one scheduled maintenance), as far as it is imported. */
export const statuspageIncidentSchema = z.object({
  id: z.string().min(1).max(200),
  name: z.string().min(1),
  status: z.string().nullish(),
  impact: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string().nullish(),
  started_at: z.string().nullish(),
  resolved_at: z.string().nullish(),
  scheduled_for: z.string().nullish(),
  scheduled_until: z.string().nullish(),
  components: z.array(componentSchema).max(1000).nullish(),
  incident_updates: z.array(updateSchema).max(10_000).nullish(),
});
export type StatuspageIncident = z.infer<typeof statuspageIncidentSchema>;
export type StatuspageUpdate = z.infer<typeof updateSchema>;

export const statuspagePageSchema = z.object({ id: z.string().min(1).max(200), name: z.string().min(1).max(1000) });
export type StatuspagePage = z.infer<typeof statuspagePageSchema>;
