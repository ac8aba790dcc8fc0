import type { Instant } from "../../kernel/brand.js";
import { DEGREES, type Degree } from "../../domain/values.js";
import type { CaseChange, CaseDisruption } from "../case.js";
import type { Effect } from "../mapping.js";
import type { Component } from "./statuspage-components.js";

/** One component set to one state by one update. */
export interface StateSet {
  readonly at: Instant;
  readonly effect: Effect;
  readonly recordedAt: Instant;
}
/** A time in which a component was down or degraded (with its changes of degree), or maintained. */
export interface Spell {
  readonly kind: "disruption" | "maintenance";
  readonly start: StateSet;
  readonly changes: readonly StateSet[];
  readonly end: { readonly at: Instant; readonly recordedAt: Instant } | undefined;
}

/** Spells of one component from the states that updates set, oldest first: each from the update that sets it to the one that ends it. */
export function spellsOf(states: readonly StateSet[]): Spell[] {
  const spells: Spell[] = [];
  let open: Spell | undefined;
  let effect: Effect = "none";
  for (const state of states) {
    if (state.effect === effect) continue;
    const [before, kind] = [open, kindOf(state.effect)];
    effect = state.effect;
    if (before !== undefined && kind === "disruption" && before.kind === "disruption") {
      open = { ...before, changes: [...before.changes, state] };
      continue;
    }
    if (before !== undefined) spells.push({ ...before, end: state });
    open = kind === undefined ? undefined : { kind, start: state, changes: [], end: undefined };
  }
  return open === undefined ? spells : [...spells, open];
}

function kindOf(effect: Effect): Spell["kind"] | undefined {
  if (effect === "none") return undefined;
  return effect === "maintenance" ? "maintenance" : "disruption";
}

export function degreeOf(effect: Effect): Degree | undefined {
  return DEGREES.find((each) => each === effect);
}

/** A disruption spell as a case wants it; undefined for a spell of maintenance. */
export function disruptionOf(spell: Spell, component: Component, nth: number): CaseDisruption | undefined {
  const degree = degreeOf(spell.start.effect);
  if (degree === undefined) return undefined;
  const changes = spell.changes.flatMap((change): CaseChange[] => {
    const to = degreeOf(change.effect);
    return to === undefined ? [] : [{ at: change.at, degree: to, sourceRecordedAt: change.recordedAt }];
  });
  const { serviceId, scope } = component;
  return {
    key: nth === 1 ? component.key : `${component.key}-${nth}`,
    serviceId,
    scope,
    degree,
    start: spell.start.at,
    changes,
    openedSourceRecordedAt: spell.start.recordedAt,
    ...(spell.end !== undefined && { end: spell.end.at, endedSourceRecordedAt: spell.end.recordedAt }),
  };
}
