import { timeline, type TimelineSubject } from "../../reports/timeline.js";
import { headline } from "../../reports/words/sentences.js";
import type { Context } from "../context.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { periodOf, type PeriodInput } from "../input/period.js";
import { subjectOf, type SubjectInput } from "../input/subject.js";
import type { Reading } from "../reading.js";
import { bodyView } from "../views/body.js";
import { contractView } from "../views/contract.js";
import { incidentView } from "../views/incident.js";
import { knowledgeOfMany, knowledgeOfOne, type KnowledgeView } from "../views/knowledge.js";
import { connectionView } from "../views/page.js";
import { serviceView } from "../views/service.js";
import { entryView, type EntryView } from "../views/timeline.js";
import type { FieldResolvers } from "./resolver.js";
import { namesIn, type SpeechArgs } from "./speech.js";

type TimelineArgs = KnownArgs & PageArgs & { readonly subject?: Optional<SubjectInput>; readonly period?: Optional<PeriodInput> };

/** An incident's timeline depends on its own stream only; any other may depend on any. */
function knowledgeOf(reading: Reading, subject: TimelineSubject): KnowledgeView {
  return subject.kind === "incident" ? knowledgeOfOne(reading, "incident", subject.incidentId) : knowledgeOfMany(reading);
}

export const timelineQueries: FieldResolvers = {
  timeline: async (_: unknown, args: TimelineArgs, context: Context) => {
    const [subject, page] = [subjectOf(args.subject), pageOf(args)];
    const span = isGiven(args.period) ? { span: periodOf(args.period).span } : {};
    const reading = await readingFor(context, args);
    const listed = timeline(reading.known, { subject, ...span }, page);
    return connectionView(listed, (entry) => entryView(entry, reading), { after: isGiven(args.after), knowledge: knowledgeOf(reading, subject) });
  },
};

export const entryFields: FieldResolvers = {
  headline: async ({ entry, reading }: EntryView, { language, zone }: SpeechArgs) => headline(entry, { language, zone, names: await namesIn(entry.fact, reading) }),
  incident: async ({ incidentId, reading }: EntryView) => {
    const row = incidentId && (await reading.loaders.incident.load(incidentId));
    return row && incidentView(row, reading);
  },
  service: async ({ serviceId, reading }: EntryView) => {
    const row = serviceId && (await reading.loaders.service.load(serviceId));
    return row && serviceView(row, reading);
  },
  body: async ({ bodyId, reading }: EntryView) => {
    const row = bodyId && (await reading.loaders.body.load(bodyId));
    return row && bodyView(row, reading);
  },
  contract: async ({ contractId, reading }: EntryView) => {
    const row = contractId && (await reading.loaders.contract.load(contractId));
    return row && contractView(row, reading);
  },
};
