import { decimalSchema } from "../values.js";
import type { Measure } from "./draft.js";
import type { DocumentNotes } from "./notes.js";
import type { LedgerQuery } from "./query.js";
import { percentOfTarget, percentOfTargetPercent } from "./share.js";
import type { Objective } from "./specification.js";

/** An objective of an SLO. */
export interface PlacedObjective {
  readonly objective: Objective;
  readonly path: readonly PropertyKey[];
}

/** What is to be reached by an objective: of the ledger's own measure, or (without `query`) of a share that another source gave. Undefined with a problem noted. */
export function measureOf({ objective, path }: PlacedObjective, query: LedgerQuery | undefined, at: DocumentNotes): Measure | undefined {
  if (query?.kind === "failures") return failures({ objective, path }, at);
  at.unread(objective, ["displayName", "target", "targetPercent"], path);
  const percent = percentOf({ objective, path }, query !== undefined, at);
  if (percent === undefined) return undefined;
  switch (query?.kind) {
    case undefined:
      return { kind: "availability", threshold: percent };
    case "availability":
      return { kind: "availability", threshold: percent, calendar: query.calendar, per: query.per, decimals: query.decimals };
    case "time-to-acknowledge":
    case "time-to-restore":
      return { kind: query.kind, shareInTime: percent, targets: query.targets };
  }
}

function failures({ objective, path }: PlacedObjective, at: DocumentNotes): Measure | undefined {
  const { op, value, target = 0, targetPercent } = objective;
  at.unread(objective, ["displayName", "target", "targetPercent", "op", "value"], path);
  if (op !== "lte") at.problem([...path, "op"], "failures are accepted up to a number; write lte");
  if (value === undefined || !Number.isInteger(value) || value < 0) at.problem([...path, "value"], `the number of failures that is accepted is a whole one from 0, not ${value ?? "missing"}`);
  const percent = targetPercent === undefined ? percentOfTarget(target) : percentOfTargetPercent(targetPercent);
  if (percent !== "100") at.lost([...path, targetPercent === undefined ? "target" : "targetPercent"], `that it is kept in ${percent} % of the periods; in terms the number of failures holds in each of them`);
  return { kind: "failures", most: value ?? 0 };
}

function percentOf({ objective: { target, targetPercent }, path }: PlacedObjective, isOurs: boolean, at: DocumentNotes): string | undefined {
  const [key, percent] = target === undefined ? ["targetPercent", percentOfTargetPercent(targetPercent ?? 0)] : ["target", percentOfTarget(target)];
  if (!decimalSchema.safeParse(percent).success) {
    at.problem([...path, key], `${percent} % has more places than terms take; write it with at most six`);
    return undefined;
  }
  if (!isOurs && percent === "100") at.lost([...path, key], "99.9999999 % is read as 100 %, for which the ledger writes it");
  return percent;
}
