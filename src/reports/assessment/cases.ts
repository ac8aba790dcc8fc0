import { casesOf } from "../clocks/cases.js";
import { readCase } from "../clocks/readings.js";
import type { TimeSource } from "../terms/time-source.js";
import type { ContractMaterial } from "./material.js";
import type { TermsPart, TimedCase } from "./level.js";
import type { AssessmentQueries } from "./queries.js";

/** What the cases of a part are found by. */
export interface CasesOfPart {
  readonly ledger: AssessmentQueries;
  readonly of: ContractMaterial;
  readonly part: TermsPart;
  readonly asOf: TermsPart["span"]["end"];
  readonly time: TimeSource;
}

/** Cases of all timed indicators that started in a part, by indicator, each as its clock stood as of then. An incident with a banded start belongs where it may first have started. */
export function casesByIndicator({ ledger, of, part, asOf, time }: CasesOfPart): ReadonlyMap<string, readonly TimedCase[]> {
  const cases = casesOf(ledger, { incidents: { kind: "started-in", span: part.span }, contractIds: new Set([of.contract.contractId]), asOf, calendars: time });
  const found = new Map<string, TimedCase[]>();
  for (const each of cases) {
    if (each.terms.eventId !== part.row.eventId) continue;
    const { incidentId, severity, clock: { start, stop, targetMs } } = each;
    const timed = { incidentId, severity, start, stop, targetMs, reading: readCase(each, asOf).reading };
    found.set(each.indicator.id, [...(found.get(each.indicator.id) ?? []), timed]);
  }
  return found;
}
