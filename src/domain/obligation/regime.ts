import { z } from "zod";
import { zoneSchema } from "../../time/zone.js";
import { dateSchema, nameSchema } from "../terms/values.js";
import { lineSchema, proseSchema, regimeIdSchema } from "../values.js";

/** What a thing is called in the languages of the province. */
const titlesSchema = z.strictObject({ it: lineSchema, en: lineSchema });

/** A length of time: hours and minutes that run on (`PT72H`), or months of the calendar in the regime's zone (`P1M`). */
const deadlineSchema = z.string().regex(/^(PT[1-9]\d{0,4}[HM]|P[1-9]\d{0,2}[DM])$/, "not a deadline, such as PT72H (hours), P30D (days) or P1M (months)");

const stageSchema = z.strictObject({
  id: nameSchema,
  title: titlesSchema,
  within: deadlineSchema,
  /** The stage whose filing it runs from (if that was not filed, from the end of that stage's time); left out: from awareness. */
  after: nameSchema.optional(),
});

/** A legal regime of notifications, as data: who it binds, from which awareness, the stages and their deadlines, the source (domain.md, "Legal clocks"). */
export const regimeSchema = z.strictObject({
  id: regimeIdSchema,
  title: titlesSchema,
  binds: titlesSchema,
  awareness: titlesSchema,
  source: lineSchema,
  zone: zoneSchema,
  /** From when the law asks it; nobody is asked about incidents before. Left out: always. */
  since: dateSchema.optional(),
  note: proseSchema.optional(),
  stages: z.array(stageSchema).min(1, "it has no stage; give at least one, such as {id: notification, within: PT72H}").max(20),
}).superRefine(({ stages }, context) => {
  const seen = new Set<string>();
  for (const [index, { id, after }] of stages.entries()) {
    if (seen.has(id)) context.addIssue({ code: "custom", path: ["stages", index, "id"], message: `two stages have the id "${id}"; name each once` });
    if (after !== undefined && !seen.has(after)) context.addIssue({ code: "custom", path: ["stages", index, "after"], message: `no stage "${after}" stands before it; a stage runs from awareness or from an earlier stage` });
    seen.add(id);
  }
});
export type Regime = z.infer<typeof regimeSchema>;
export type Stage = Regime["stages"][number];
