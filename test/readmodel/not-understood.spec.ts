import { expect } from "chai";
import type { EventStore, StoredEvent } from "../../src/eventstore/port.js";
import { encodeMetadata } from "../../src/eventstore/codec.js";
import { instant, ledgerId, position } from "../../src/kernel/brand.js";
import { canonicalJson } from "../../src/kernel/json.js";
import { streamOf } from "../../src/kernel/stream.js";
import { compareWithFreshFold } from "../../src/readmodel/fresh-fold.js";
import type { ReadModel } from "../../src/readmodel/port.js";
import { CLOUD_OUTAGE, ENDED, JOINED, LECCO, OPENED, REPORTED } from "../support/lecco.js";
import { answersOf } from "./answers.js";
import { historyOf, LEDGER, nthEventId, type History } from "./histories.js";
import { ASKED, knownAt, onLedger, type KeptLedger } from "./kept-ledger.js";
import { correction, payload } from "./moves.js";
import { dumpOf } from "./row-dump.js";
import { storeWith } from "./stand-ins.js";

const CORRECTED = { ...OPENED.data, degree: "partial" };
const HISTORY = historyOf(
  { type: "ReportIncident", data: REPORTED.data }, { type: "OpenDisruption", data: OPENED.data }, { type: "JoinBody", data: JOINED.data },
  correction(nthEventId(2), OPENED, payload(CORRECTED)), { type: "EndDisruption", data: ENDED.data },
);
const IDS = HISTORY.map(({ id }) => id);
const INCIDENT = HISTORY[0]?.stream ?? expect.fail("a history begins with a report");
const BODY = HISTORY[2]?.stream ?? expect.fail("a body joins");

type Disguise = (event: StoredEvent) => Partial<StoredEvent>;

/** The store as an earlier release sees it: some of its events are of types, versions or shapes that it does not know. */
function disguised(store: EventStore, as: Readonly<Record<string, Disguise>>): EventStore {
  const seen = (event: StoredEvent): StoredEvent => ({ ...event, ...as[event.position]?.(event) });
  return storeWith(store, {
    readAll: async (options) => {
      const page = await store.readAll(options);
      return page.kind === "events" ? { ...page, events: page.events.map(seen) } : page;
    },
    subscribe: (options) => store.subscribe({ ...options, onEvents: (events) => options.onEvents(events.map(seen)) }),
  });
}
const ofUnknownType: Disguise = ({ type }) => ({ type: `${type}Elsewhere` });
const ofNewerVersion: Disguise = ({ metadata }) => ({ metadata: metadata.replace('"schemaVersion":1', '"schemaVersion":9') });
const malformed: Disguise = () => ({ data: canonicalJson({ degree: "catastrophic" }) });
const noJson: Disguise = () => ({ data: "{" });
const withoutRecordedTime: Disguise = ({ metadata }) => ({ metadata: metadata.replace('"recordedAt"', '"noted"') });

/** A data folder whose events another release has folded, as far as it understood them. */
async function onEarlier(as: Readonly<Record<string, Disguise>>, work: (ledger: KeptLedger, earlier: ReadModel) => Promise<void>, history: History = HISTORY): Promise<void> {
  await onLedger(async (ledger) => {
    await ledger.append(history);
    await work(ledger, await ledger.caughtUp({ store: disguised(ledger.store, as) }));
  });
}

describe("an event that a release does not understand", () => {
  it("is kept in mind with its position and reason, counted and told, and everything else goes on", () =>
    onEarlier({ 2: ofUnknownType, 3: ofNewerVersion, 4: malformed, 5: noJson }, async ({ notices }, readModel) => {
      const known = await knownAt(readModel);
      expect(known.notUnderstood().map((each) => ({ ...each, detail: "" }))).to.deep.equal([
        { stream: INCIDENT, position: "2", type: "DisruptionOpenedElsewhere", schemaVersion: 1, reason: "unknown-type", detail: "" },
        { stream: BODY, position: "3", type: "BodyJoined", schemaVersion: 9, reason: "newer-version", detail: "" },
        { stream: INCIDENT, position: "4", type: "RecordCorrected", schemaVersion: 1, reason: "malformed", detail: "" },
        { stream: INCIDENT, position: "5", type: "DisruptionEnded", schemaVersion: 1, reason: "malformed", detail: "" },
      ]);
      expect(known.notUnderstood().map(({ detail }) => detail).join("\n")).to.match(/DisruptionOpenedElsewhere.*\n.*version 9.*up to 1\n.*RecordCorrected.*\n.*JSON/);
      expect(notices.map((notice) => notice.kind === "not-understood" && notice.position)).to.deep.equal(["2", "3", "4", "5"]);
      expect([readModel.eventCount, readModel.position]).to.deep.equal([5, "5"]);
      expect(known.incidents([CLOUD_OUTAGE]).size).to.equal(1);
      expect(known.disruptionsOfIncidents([CLOUD_OUTAGE]).size + known.bodies([LECCO]).size).to.equal(0);
    }));

  it("is known from its position, by stream", () =>
    onEarlier({ 2: ofUnknownType, 3: ofNewerVersion }, async (_, readModel) => {
      const typesAt = async (place: string, ...streams: readonly typeof BODY[]) =>
        (await knownAt(readModel, { kind: "position", position: position(place) })).notUnderstood(...(streams.length > 0 ? [streams] : [])).map(({ type }) => type);
      expect(await typesAt("1")).to.deep.equal([]);
      expect(await typesAt("2")).to.deep.equal(["DisruptionOpenedElsewhere"]);
      expect(await typesAt("5", BODY)).to.deep.equal(["BodyJoined"]);
    }));

  it("has a position, and counts in the recorded times, unless not even those can be read", () =>
    onEarlier({ 3: ofUnknownType, 5: withoutRecordedTime }, async (_, readModel) => {
      const known = await knownAt(readModel);
      expect([...known.positionsOf(IDS).values()]).to.deep.equal(["1", "2", "3", "4", "5"]);
      const recordedAt = HISTORY[2]?.meta.recordedAt ?? instant(0);
      expect((await readModel.resolve({ kind: "recordedAt", instant: recordedAt }, ASKED)).position).to.equal("3");
      expect(await readModel.resolve({ kind: "position", position: position("3") }, ASKED)).to.include({ instant: recordedAt });
      expect((await readModel.resolve({ kind: "position", position: position("5") }, ASKED)).instant).to.equal(HISTORY[3]?.meta.recordedAt);
    }));

  it("is remembered when the file is opened again, and told once", () =>
    onEarlier({ 2: ofUnknownType }, async (ledger, earlier) => {
      await earlier.close();
      const again = await ledger.caughtUp({ store: disguised(ledger.store, { 2: ofUnknownType }) });
      expect((await knownAt(again)).notUnderstood()).to.have.length(1);
      expect(ledger.notices.map(({ kind }) => kind)).to.deep.equal(["not-understood"]);
    }));

  it("among events of other ledgers is counted by this ledger's own", () =>
    onLedger(async (ledger) => {
      const metadata = encodeMetadata({ ...(HISTORY[0]?.meta ?? expect.fail("a history begins")) });
      const raw = (n: number, type: string) => ({ id: nthEventId(100 + n), type, data: "{}", metadata });
      const other = streamOf(ledgerId("sondrio"), "incident", CLOUD_OUTAGE);
      await ledger.appendRaw(other, raw(0, "IncidentSplit"));
      await ledger.appendRaw(INCIDENT, raw(1, "IncidentSplit"));
      await ledger.appendRaw(other, raw(2, "IncidentSplit"));
      const readModel = await ledger.caughtUp();
      expect((await knownAt(readModel)).notUnderstood().map(({ position: place }) => place)).to.deep.equal(["2"]);
      expect(readModel.eventCount).to.equal(1);
    }));
});

describe("a release that understands what an earlier one did not", () => {
  const SKIPPED = { 2: ofUnknownType, 3: ofNewerVersion, 4: malformed };

  it("folds it: every read model is as if there had never been any doubt", () =>
    onEarlier(SKIPPED, async (ledger, earlier) => {
      await earlier.close();
      const readModel = await ledger.open();
      await ledger.told("rebuilt");
      const other = `${ledger.folder}/fresh.sqlite`;
      const fresh = await ledger.caughtUp({ file: other });
      const [now, should] = [await knownAt(readModel), await knownAt(fresh)];
      expect(answersOf(now, IDS)).to.deep.equal(answersOf(should, IDS));
      expect(now.notUnderstood()).to.deep.equal([]);
      expect(now.disruptionsOfIncidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)?.[0]?.phases[0]?.degree).to.equal("partial");
      expect(dumpOf(ledger.file)).to.deep.equal(dumpOf(other));
      expect(await compareWithFreshFold({ store: ledger.store, ledgerId: LEDGER, file: ledger.file })).to.deep.equal([]);
      expect(readModel.positionOf(nthEventId(2))).to.equal("2");
    }));

  it("and still not all of it, keeps the rest in mind", () =>
    onEarlier(SKIPPED, async (ledger, earlier) => {
      await earlier.close();
      const readModel = await ledger.open({ store: disguised(ledger.store, { 3: ofNewerVersion }) });
      await ledger.told("rebuilt");
      const known = await knownAt(readModel);
      expect(known.notUnderstood().map(({ position: place }) => place)).to.deep.equal(["3"]);
      expect(known.disruptionsOfIncidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)?.[0]?.end).to.equal(ENDED.data.occurredAt);
      expect(known.bodies([LECCO]).size).to.equal(0);
    }));

  it("of nothing more builds nothing anew", () =>
    onEarlier(SKIPPED, async (ledger, earlier) => {
      await earlier.close();
      await ledger.caughtUp({ store: disguised(ledger.store, SKIPPED) });
      expect(ledger.notices.some(({ kind }) => kind === "rebuilding")).to.be.false;
    }));
});
