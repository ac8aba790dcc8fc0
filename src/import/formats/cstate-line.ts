import { z } from "zod";

/** The front matter of an issue as it stood in one version. Nothing in it is trusted to be a time, a severity or complete. */
const frontMatter = {
  title: z.string().nullish(),
  date: z.string().nullish(),
  resolved: z.union([z.string(), z.boolean()]).nullish(),
  resolvedWhen: z.string().nullish(),
  severity: z.string().nullish(),
  affected: z.array(z.string()).nullish(),
};
const placed = { path: z.string().min(1).max(1000), commit: z.string().min(1).max(100), committed_at: z.string() };

/** One line of a cState history: one version of one issue. */
export const cstateLineSchema = z.discriminatedUnion("op", [
  z.object({ op: z.literal("created"), ...placed, ...frontMatter }),
  z.object({ op: z.literal("edited"), ...placed, ...frontMatter }),
  z.object({ op: z.literal("renamed"), ...placed, ...frontMatter, previous_path: z.string().min(1).max(1000) }),
  z.object({ op: z.literal("deleted"), ...placed }),
]);
export type CstateLine = z.infer<typeof cstateLineSchema>;
export type CstateVersion = Exclude<CstateLine, { op: "deleted" }>;
export type CstateDeletion = Extract<CstateLine, { op: "deleted" }>;
export interface Numbered<Line> {
  readonly number: number;
  readonly line: Line;
}
