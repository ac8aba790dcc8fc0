import type { Freshness } from "../../readmodel/freshness.js";
import { instantText } from "../scalars.js";

/** Beyond this an answer says of itself how stale it may be, in milliseconds: longer than the processes of one ledger take to hear of each other. */
const WORTH_SAYING_MS = 5_000;

/** Source of a `Freshness`. */
export function freshnessView({ state, confirmedAt, staleMs, reason }: Freshness) {
  return { state, confirmedAt, staleSeconds: Math.ceil(staleMs / 1000), reason };
}

/** What an answer says under `extensions`; undefined while there is nothing to say. */
export function freshnessExtension(freshness: Freshness): { readonly freshness: object } | undefined {
  const { state, confirmedAt, staleMs } = freshness;
  if (state === "up-to-date" || (state === "catching-up" && staleMs < WORTH_SAYING_MS)) return undefined;
  const shown = { ...freshnessView(freshness), state: state.toUpperCase().replace("-", "_"), confirmedAt: confirmedAt === undefined ? null : instantText(confirmedAt) };
  return { freshness: shown };
}
