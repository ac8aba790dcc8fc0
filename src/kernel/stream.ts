import { isLedgerId, streamName, type LedgerId, type StreamName } from "./brand.js";

export const CATEGORIES = ["body", "service", "contract", "incident", "assessment", "obligation"] as const;
/** The kinds of stream. */
export type Category = (typeof CATEGORIES)[number];

/** Stream name of one aggregate (domain.md, "Events"). */
export function streamOf(ledger: LedgerId, category: Category, id: string): StreamName {
  return streamName(`${streamPrefix(ledger)}${category}-${id}`);
}
/** What every stream of a ledger begins with; the filter that keeps other applications out. */
export function streamPrefix(ledger: LedgerId): string {
  return `il.${ledger}.`;
}
/** The parts of a stream name, or undefined if it is not one of an incident ledger. */
export function parseStream(name: string): { ledger: LedgerId; category: Category; id: string } | undefined {
  const match = /^il\.([^.]+)\.([a-z]+)-(.+)$/.exec(name);
  const [, ledger, word, id] = match ?? [];
  const category = CATEGORIES.find((known) => known === word);
  if (!isLedgerId(ledger) || category === undefined || id === undefined) return undefined;
  return { ledger, category, id };
}
