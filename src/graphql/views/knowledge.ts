import { parseStream } from "../../kernel/stream.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import type { NotUnderstood } from "../../readmodel/known-ledger.js";
import { streamOf, type Category } from "../../kernel/stream.js";
import type { Reading } from "../reading.js";

/** Source of a `Knowledge`: what was not understood is looked up when it is asked for. */
export interface KnowledgeView {
  readonly position: Knowledge["position"];
  readonly recordedAt: Knowledge["instant"];
  readonly provisional: boolean;
  readonly notUnderstood: () => Promise<readonly NotUnderstood[]>;
}

export function knowledgeView({ position, instant, provisional }: Knowledge, notUnderstood: KnowledgeView["notUnderstood"]): KnowledgeView {
  return { position, recordedAt: instant, provisional, notUnderstood };
}

/** Under an answer about one thing: what its own stream holds. */
export function knowledgeOfOne({ context, known, loaders }: Reading, category: Category, id: string): KnowledgeView {
  return knowledgeView(known.knowledge, () => loaders.notUnderstoodIn.load(streamOf(context.services.ledgerId, category, id)));
}

/** Under a list of things of one kind: what the streams of that kind hold. Without a kind, what any holds. */
export function knowledgeOfMany({ known, loaders }: Reading, category?: Category): KnowledgeView {
  return knowledgeView(known.knowledge, async () => {
    const all = await loaders.notUnderstood.load("all");
    return category === undefined ? all : all.filter(({ stream }) => parseStream(stream)?.category === category);
  });
}
