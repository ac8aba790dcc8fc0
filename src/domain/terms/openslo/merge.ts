import { canonicalJson } from "../../../kernel/json.js";
import type { Draft, ReadIndicator } from "./draft.js";
import type { Notes } from "./notes.js";

/** SLOs that are of one indicator, service by service, become that indicator again. Others that come to the same id are noted as problems. */
export function merged(drafts: readonly Draft[], notes: Notes): readonly Draft[] {
  const found = new Map<string, Draft>();
  for (const draft of drafts) {
    const { id } = draft.indicator;
    const before = found.get(id);
    if (before === undefined) {
      found.set(id, draft);
      continue;
    }
    const [one, other] = [before.indicator.services, draft.indicator.services];
    const differing = differences(before, draft);
    if (differing.length > 0) notes.of(draft.document).problem([], `it is of the indicator "${id}", as an SLO before it, but they differ in ${differing.join(", ")}; make them the same, or give one another name`);
    else if (one === "all" || other === "all" || other.some((service) => one.includes(service))) notes.of(draft.document).problem([], `it is of the indicator "${id}" and of the same service as an SLO before it; take one of them out`);
    else found.set(id, { ...before, indicator: { ...before.indicator, services: [...one, ...other] } });
  }
  return [...found.values()];
}

function differences(one: Draft, other: Draft): readonly string[] {
  const [a, b] = [partsOf(one), partsOf(other)];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.filter((name) => canonicalJson(a[name] ?? null) !== canonicalJson(b[name] ?? null));
}

function partsOf({ zone, indicator }: Draft): Readonly<Record<string, unknown>> {
  const { title, period, measure }: ReadIndicator = indicator;
  return { title, period, zone, ...measure };
}
