import { isContractId, isIncidentId, type Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { decodeCursor, encodeCursor, limitOf, pageOf as pageOfRows } from "../../readmodel/cursor.js";
import type { Page, PageRequest } from "../../readmodel/known-ledger.js";
import { caseKey, clockReadings, dueRank, type CaseReading, type ClockFilter } from "../../reports/clocks/readings.js";
import type { ClockState } from "../../sla/clock.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { periodOf, type PeriodInput } from "../input/period.js";
import { clockReadingView, type ClockReadingView } from "../views/clock.js";
import { contractView } from "../views/contract.js";
import { incidentView } from "../views/incident.js";
import { knowledgeOfMany } from "../views/knowledge.js";
import { connectionView } from "../views/page.js";
import type { FieldResolvers } from "./resolver.js";

type ClockArgs = KnownArgs & PageArgs & {
  readonly state?: Optional<readonly ClockState[]>;
  readonly contractId?: Optional<string>;
  readonly incidentId?: Optional<string>;
  readonly started?: Optional<PeriodInput>;
  readonly asOf?: Optional<Instant>;
};

const ORDER = "clocks";
/** States of clocks that have stopped. */
const STOPPED: ReadonlySet<ClockState> = new Set<ClockState>(["met", "undetermined"]);

function filterOf({ state, contractId, incidentId, started }: ClockArgs): ClockFilter {
  const filter = {
    states: state ?? undefined,
    contractId: isGiven(contractId) ? idOf(contractId, isContractId, "contractId") : undefined,
    incidentId: isGiven(incidentId) ? idOf(incidentId, isIncidentId, "incidentId") : undefined,
    started: isGiven(started) ? periodOf(started, "started").span : undefined,
  };
  const stopped = filter.states?.filter((each) => STOPPED.has(each)) ?? [];
  if (stopped.length > 0 && filter.incidentId === undefined && filter.started === undefined) {
    throw new LedgerError({
      code: "INVALID_INPUT", field: "state", params: { state: [...stopped] },
      message: "only clocks that have stopped are met or undetermined, and without `started` or `incidentId` only those that run are looked at; give one of the two",
    });
  }
  return filter;
}

export const clockQueries: FieldResolvers = {
  clocks: async (_: unknown, args: ClockArgs, context: Context) => {
    const [filter, page] = [filterOf(args), pageOf(args)];
    const reading = await readingFor(context, args);
    const listed = pageIn(clockReadings(reading.known, { now: args.asOf ?? reading.known.knowledge.instant, filter }), page);
    return connectionView(listed, (row) => clockReadingView(row, reading), { after: isGiven(args.after), knowledge: knowledgeOfMany(reading, "incident") });
  },
};

/** The page after a cursor: its due time and case need not be among the readings any more. */
function pageIn(readings: readonly CaseReading[], page: PageRequest): Page<CaseReading> {
  const after = page.after === undefined ? undefined : decodeCursor(ORDER, 1, page.after);
  const rank = Number(after?.values[0]);
  const rest = after === undefined ? readings : readings.filter((each) => dueRank(each) > rank || (dueRank(each) === rank && caseKey(each.case) > after.key));
  return pageOfRows(rest.slice(0, limitOf(page) + 1), page, (each) => encodeCursor(ORDER, { values: [dueRank(each)], key: caseKey(each.case) }));
}

export const clockReadingFields: FieldResolvers = {
  incident: async ({ incidentId, reading }: ClockReadingView) => {
    const row = await reading.loaders.incident.load(incidentId);
    return row && incidentView(row, reading);
  },
  contract: async ({ contractId, reading }: ClockReadingView) => {
    const row = await reading.loaders.contract.load(contractId);
    return row && contractView(row, reading);
  },
};
