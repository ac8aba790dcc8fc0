import { expect } from "chai";
import { incidentId, type Instant } from "../../src/kernel/brand.js";
import type { Recorded } from "../../src/kernel/event.js";
import { streamOf } from "../../src/kernel/stream.js";
import { SEVERITIES } from "../../src/domain/incident/events.js";
import type { Fact, LedgerEvent } from "../../src/domain/record.js";
import { compareWithFreshFold } from "../../src/readmodel/fresh-fold.js";
import { at } from "../support/given.js";
import { LEDGER, nthEventId, recordedEvent, RECORDING_FROM, type History } from "./histories.js";
import { onLedger } from "./kept-ledger.js";
import { dumpOf } from "./row-dump.js";
import { inBatchesOf } from "./stand-ins.js";

const INCIDENT = incidentId("posta-lecco");
const OCCURRED = at("2020-03-02T08:00:00Z");
/** More than twice what a read model keeps in memory before it writes. */
const REASSESSMENTS = 300;

function reported(title: string): Fact {
  return { type: "IncidentReported", data: { incidentId: INCIDENT, occurredAt: OCCURRED, title } };
}

/** An incident whose severity is assigned over and over, and whose title is corrected after each time. */
function restless(): History {
  const events: LedgerEvent[] = [reported("Posta ferma, 0")];
  for (let n = 1; n <= REASSESSMENTS; n++) {
    events.push({ type: "SeverityAssigned", data: { incidentId: INCIDENT, occurredAt: OCCURRED, severity: SEVERITIES[n % SEVERITIES.length] ?? "low" } });
    events.push({ type: "RecordCorrected", data: { eventId: nthEventId(1), factVersion: 1, before: reported(`Posta ferma, ${n - 1}`), after: reported(`Posta ferma, ${n}`), reason: "Titolo" } });
  }
  const stream = streamOf(LEDGER, "incident", INCIDENT);
  const recordedAt: Instant = RECORDING_FROM;
  return events.map((event, index): Recorded<LedgerEvent> => recordedEvent(event, { stream, revision: index, n: index + 1, recordedAt }));
}

describe("an incident with hundreds of versions in one commit", () => {
  it("has the rows that it has with a commit an event", async () => {
    await onLedger(async (ledger) => {
      const history = restless();
      await ledger.append(history);
      await ledger.caughtUp();
      const slow = `${ledger.folder}/slow.sqlite`;
      await ledger.caughtUp({ file: slow, store: inBatchesOf(ledger.store, 1) });
      const dump = dumpOf(ledger.file);
      expect(dump).to.deep.equal(dumpOf(slow));
      expect(dump["incidents"]).to.have.length(history.length);
      expect(dump["timeline"]).to.have.length(history.length);
      expect(dump["ordinals"]).to.have.length(history.length);
      expect(await compareWithFreshFold({ store: ledger.store, ledgerId: LEDGER, file: ledger.file })).to.deep.equal([]);
    });
  });

  it("keeps what the fold remembers with the last version alone", async () => {
    await onLedger(async (ledger) => {
      await ledger.append(restless());
      await ledger.caughtUp();
      const versions = dumpOf(ledger.file)["incidents"] ?? [];
      const remembering = versions.filter(({ facts }) => facts !== null);
      expect(remembering).to.have.length(1);
      expect(remembering[0]?.["known_from"]).to.equal(versions.length);
      expect(remembering[0]?.["title"]).to.equal(`Posta ferma, ${REASSESSMENTS}`);
    });
  });
});
