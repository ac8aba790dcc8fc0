import { expect } from "chai";
import { bodyId, incidentId, instant } from "../../src/kernel/brand.js";
import type { LedgerCommand } from "../../src/domain/record.js";
import { PAGE_CAP, type KnownLedger } from "../../src/readmodel/known-ledger.js";
import { JOINED, REPORTED } from "../support/lecco.js";
import { allRows, hours } from "./answers.js";
import { codeThrown } from "./codes.js";
import { continued, historyOf, type History } from "./histories.js";
import { knownAt, onLedger, PATIENCE_MS } from "./kept-ledger.js";

const BY_START = { by: "started", direction: "ascending" } as const;
const BY_NAME = { by: "name", direction: "ascending" } as const;

function incident(n: number, minutes = n): LedgerCommand {
  return { type: "ReportIncident", data: { ...REPORTED.data, incidentId: incidentId(`i-${String(n).padStart(3, "0")}`), occurredAt: instant(REPORTED.data.occurredAt + minutes * 60_000) } };
}
function body(id: string, name: string): LedgerCommand {
  return { type: "JoinBody", data: { ...JOINED.data, bodyId: bodyId(id), name } };
}
async function onKnown(history: History, work: (known: KnownLedger) => Promise<void> | void): Promise<void> {
  await onLedger(async (ledger) => {
    await ledger.append(history);
    await work(await knownAt(await ledger.caughtUp()));
  });
}

describe("a page", () => {
  const HISTORY = historyOf(...Array.from({ length: PAGE_CAP + 5 }, (_, n) => incident(n)));

  it("holds what was asked for, at most 200 rows, and says whether there is more", () =>
    onKnown(HISTORY, (known) => {
      const page = (first: number) => known.listIncidents({}, BY_START, { first });
      expect([page(3), page(PAGE_CAP + 5), page(10_000)].map(({ edges, hasNextPage }) => [edges.length, hasNextPage])).to.deep.equal([[3, true], [PAGE_CAP, true], [PAGE_CAP, true]]);
      expect(page(0)).to.deep.include({ edges: [], hasNextPage: true, endCursor: undefined });
      expect(allRows((request) => known.listIncidents({}, BY_START, request), PAGE_CAP)).to.have.length(PAGE_CAP + 5);
    }));
  it("ends exactly at the last row", () =>
    onKnown(HISTORY.slice(0, 4), (known) => {
      expect(known.listIncidents({}, BY_START, { first: 4 }).hasNextPage).to.be.false;
      expect(known.listIncidents({}, BY_START, { first: 3 }).hasNextPage).to.be.true;
    }));
  it("goes on after its cursor although others were recorded before it since", () =>
    onLedger(async (ledger) => {
      const history = HISTORY.slice(0, 6);
      await ledger.append(history);
      const readModel = await ledger.caughtUp();
      const { endCursor = "" } = (await knownAt(readModel)).listIncidents({}, BY_START, { first: 3 });
      await ledger.append(continued(history, incident(900, -10), incident(901, 2)));
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      const next = (await knownAt(readModel)).listIncidents({}, BY_START, { first: 10, after: endCursor });
      expect(next.edges.map(({ row }) => row.incidentId)).to.deep.equal(["i-901", "i-003", "i-004", "i-005"]);
    }));
  it("refuses what is no cursor of this list in this order", () =>
    onKnown(HISTORY.slice(0, 3), async (known) => {
      const { endCursor = "" } = known.listIncidents({}, BY_START, { first: 1 });
      const after = (cursor: string) => ({ first: 1, after: cursor });
      const asked: readonly (() => unknown)[] = [
        () => known.listIncidents({}, { by: "recorded", direction: "ascending" }, after(endCursor)), () => known.listIncidents({}, { by: "started", direction: "descending" }, after(endCursor)),
        () => known.listTimeline(hours(0, 1), after(endCursor)), () => known.listBodies(BY_NAME, after(endCursor)), () => known.listIncidents({}, BY_START, after("")),
        () => known.listIncidents({}, BY_START, after("?!")), () => known.listIncidents({}, BY_START, after(Buffer.from('["incidents:started:ascending",1,"unknown"]').toString("base64url"))),
      ];
      for (const ask of asked) expect(await codeThrown(ask)).to.equal("INVALID_INPUT");
    }));
});

describe("a list by name", () => {
  it("minds no letter case, and goes by id where names are the same", () =>
    onKnown(historyOf(body("valmadrera", "comune"), body("lecco", "Comune"), body("colico", "Abbadia"), body("oggiono", "zona")), (known) => {
      const ids = (direction: "ascending" | "descending", first: number) => allRows((page) => known.listBodies({ by: "name", direction }, page), first).map((row) => row.bodyId);
      const expected = ["colico", "lecco", "valmadrera", "oggiono"];
      for (const first of [1, 2, 3, 10]) expect([ids("ascending", first), ids("descending", first)]).to.deep.equal([expected, expected.toReversed()]);
    }));
});
