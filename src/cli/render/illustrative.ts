import type { ActorId } from "../../kernel/brand.js";

/** Records by an actor whose id ends so hold something invented, as the demo's do: wherever they are shown, they are marked. */
const SUFFIX = ".illustrative";
/** The same said in the text itself; the mark stands for it where it is drawn. */
const SAID = / ?\[illustrativo\]/g;

export const ILLUSTRATIVE_MARK = "◇";

export function isIllustrative({ id }: { readonly id: ActorId }): boolean {
  return id.endsWith(SUFFIX);
}
/** The actor without the mark in its id. */
export function actorName({ id }: { readonly id: ActorId }): string {
  return id.endsWith(SUFFIX) ? id.slice(0, -SUFFIX.length) : id;
}
/** A text beside which the mark is drawn. */
export function withoutMark(text: string): string {
  return text.replace(SAID, "");
}
