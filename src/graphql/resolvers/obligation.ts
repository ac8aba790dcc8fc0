import { isBodyId, isIncidentId, isRegimeId, type Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { BodyObligation, StageState } from "../../reports/obligations/board.js";
import { inOrder, obligationBoard, placeOf, type Place } from "../../reports/obligations/report.js";
import type { Language } from "../../reports/words/languages.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { bodyView } from "../views/body.js";
import { incidentView } from "../views/incident.js";
import { knowledgeOfMany } from "../views/knowledge.js";
import { bodyObligationView, regimeView, type BodyObligationView, type RegimeView, type StageView } from "../views/obligation.js";
import { connectionView } from "../views/page.js";
import type { FieldResolvers } from "./resolver.js";

type BoardArgs = KnownArgs & PageArgs & {
  readonly incidentId?: Optional<string>;
  readonly bodyId?: Optional<string>;
  readonly regimeId?: Optional<string>;
  readonly states?: Optional<readonly StageState[]>;
  readonly decisions?: Optional<readonly BodyObligation["decision"][]>;
  readonly asOf?: Optional<Instant>;
};

export const obligationQueries: FieldResolvers = {
  obligations: async (_: unknown, args: BoardArgs, context: Context) => {
    const page = pageOf(args);
    const filter = {
      ...(isGiven(args.incidentId) && { incidentId: idOf(args.incidentId, isIncidentId, "incidentId") }), ...(isGiven(args.bodyId) && { bodyId: idOf(args.bodyId, isBodyId, "bodyId") }),
      ...(isGiven(args.regimeId) && { regimeId: idOf(args.regimeId, isRegimeId, "regimeId") }),
      ...(isGiven(args.states) && { states: args.states }), ...(isGiven(args.decisions) && { decisions: args.decisions }),
    };
    const reading = await readingFor(context, args);
    const now = args.asOf ?? reading.known.knowledge.instant;
    const board = obligationBoard(reading.known, { regimes: context.services.regimes, now, filter });
    const after = page.after === undefined ? undefined : placeIn(page.after);
    const rest = after === undefined ? board : board.filter((each) => inOrder(placeOf(each), after) > 0);
    const edges = rest.slice(0, page.first).map((row) => ({ row, cursor: cursorOf(row) }));
    const shown = { edges, hasNextPage: page.first < rest.length, endCursor: edges.at(-1)?.cursor };
    return Object.assign(connectionView(shown, (each) => bodyObligationView(each, now, reading), { after: page.after !== undefined, knowledge: knowledgeOfMany(reading, "obligation") }), { totalCount: board.length });
  },
  regimes: (_: unknown, __: unknown, { services }: Context) => [...services.regimes.values()].map(regimeView),
};

function cursorOf(each: BodyObligation): string {
  const { rank, key } = placeOf(each);
  return Buffer.from(`${rank} ${key}`).toString("base64url");
}

/** A place outlives the entry that stood there: what has left the board meanwhile does not stop who pages through it. */
function placeIn(cursor: string): Place {
  const [, rank, key] = /^(-?\d{1,16}) (\S{1,400})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (rank !== undefined && key !== undefined) return { rank: Number(rank), key };
  throw new LedgerError({ code: "INVALID_INPUT", field: "after", params: { after: cursor }, message: `${JSON.stringify(cursor)} is no cursor of this board; give the endCursor of the page before, or leave it out for the first page` });
}

interface LanguageArgs {
  readonly language: Language;
}

export const bodyObligationFields: FieldResolvers = {
  incident: async ({ incidentId, reading }: BodyObligationView) => {
    const row = await reading.loaders.incident.load(incidentId);
    return row && incidentView(row, reading);
  },
  body: async ({ bodyId, reading }: BodyObligationView) => {
    const row = await reading.loaders.body.load(bodyId);
    return row && bodyView(row, reading);
  },
};
export const stageFields: FieldResolvers = {
  title: ({ titles }: StageView, { language }: LanguageArgs) => titles[language],
};
export const regimeFields: FieldResolvers = {
  title: ({ regime }: RegimeView, { language }: LanguageArgs) => regime.title[language],
  binds: ({ regime }: RegimeView, { language }: LanguageArgs) => regime.binds[language],
  awareness: ({ regime }: RegimeView, { language }: LanguageArgs) => regime.awareness[language],
};
