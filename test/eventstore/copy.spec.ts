import { expect } from "chai";
import fc from "fast-check";
import { copyEvents } from "../../src/eventstore/copy.js";
import { openEventStoreDb } from "../../src/eventstore/eventstoredb.js";
import type { EventStore, EventToAppend, StoredEvent } from "../../src/eventstore/port.js";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { streamName } from "../../src/kernel/brand.js";
import { LedgerError } from "../../src/kernel/errors.js";
import { allPages, ANY, appended, event, rejection } from "../contract/rig.js";
import { storeWith } from "../readmodel/stand-ins.js";
import { FaultyServer } from "../support/eventstoredb/faulty-server.js";
import { inTempFolder } from "../support/temp-folder.js";

const FILTER = { streamPrefix: "il.lecco." };
const stream = (n: number): ReturnType<typeof streamName> => streamName(`il.lecco.incident-${n}`);

/** What must stay of an event, in the order of recording. */
async function kept(store: EventStore, filter = FILTER): Promise<readonly Omit<StoredEvent, "position">[]> {
  const { found } = await allPages(store, { direction: "forwards", limit: 500, filter });
  return found.map(({ id, type, stream: name, revision, data, metadata }) => ({ id, type, stream: name, revision, data, metadata }));
}
async function refusalOf(copying: Promise<unknown>): Promise<LedgerError> {
  const error = await rejection(copying);
  return error instanceof LedgerError ? error : expect.fail(String(error));
}

/** A file and a server of its own, both empty. */
async function onBoth(work: (file: EventStore, server: EventStore, faulty: FaultyServer) => Promise<void>): Promise<void> {
  await inTempFolder(async (folder) => {
    const faulty = await FaultyServer.start();
    const [file, server] = [openSqliteEventStore({ folder }), openEventStoreDb({ url: faulty.url })];
    try {
      await work(file, server, faulty);
    } finally {
      await Promise.all([file.close(), server.close()]);
      await faulty.stop();
    }
  });
}
async function fill(store: EventStore, appends: readonly (readonly [streamNumber: number, count: number])[]): Promise<void> {
  for (const [n, count] of appends) await appended(store, stream(n), ANY, Array.from({ length: count }, (_, each) => event(`${n}-${each}`)));
}

describe("copying a ledger into another store", () => {
  it("from a file to a server and back to a file: the same events in the same order, and nothing of other ledgers", () =>
    onBoth((file, server) => inTempFolder(async (folder) => {
      const back = openSqliteEventStore({ folder });
      try {
        await fill(file, [[1, 1], [2, 3], [1, 2], [3, 1]]);
        await appended(file, streamName("il.como.incident-1"), ANY, [event("of another ledger")]);
        await appended(server, streamName("il.como.incident-9"), ANY, [event("of a ledger that is there")]);
        expect(await copyEvents({ source: file, target: server, filter: FILTER })).to.deep.equal({ found: 0, copied: 7, isWhole: true });
        expect(await copyEvents({ source: server, target: back, filter: FILTER })).to.deep.equal({ found: 0, copied: 7, isWhole: true });
        const [here, there, again] = [await kept(file), await kept(server), await kept(back)];
        expect(there).to.deep.equal(here);
        expect(again).to.deep.equal(here);
        expect(await kept(server, { streamPrefix: "il.como." })).to.have.length(1);
      } finally {
        await back.close();
      }
    })));

  it("any history, in pieces, each of which may break off anywhere: it goes on, and ends the same", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }),
        (history, breaks) => onBoth(async (file, server) => {
          const half = history.length >> 1;
          await fill(file, history.slice(0, half));
          for (const after of breaks) {
            const stopping = new AbortController();
            let appends = 0;
            const counting = storeWith(server, {
              append: (name, expected, events) => {
                appends += 1;
                if (appends > after) stopping.abort();
                return server.append(name, expected, events);
              },
            });
            await copyEvents({ source: file, target: counting, filter: FILTER, signal: stopping.signal });
          }
          await fill(file, history.slice(half));
          const { found, copied, isWhole } = await copyEvents({ source: file, target: server, filter: FILTER });
          const all = await kept(file);
          expect([found + copied, isWhole]).to.deep.equal([all.length, true]);
          expect(await kept(server)).to.deep.equal(all);
          expect(await copyEvents({ source: file, target: server, filter: FILTER })).to.deep.equal({ found: all.length, copied: 0, isWhole: true });
        }),
      ),
      { numRuns: 15 },
    ));

  it("keeps what nobody understands, to the character", () =>
    onBoth(async (file, server, faulty) => {
      const odd: EventToAppend = { ...event("odd"), type: "SomethingNew", data: '{ "b" : 1.0 , "a" : "è\\u0000" }', metadata: "not json" };
      faulty.log.append(stream(1), "any", [{ id: odd.id, type: odd.type, contentType: "application/json", data: Buffer.from(odd.data), metadata: Buffer.from(odd.metadata) }]);
      await copyEvents({ source: server, target: file, filter: FILTER });
      expect(await kept(file)).to.deep.equal([{ ...odd, stream: stream(1), revision: 0 }]);
    }));

  it("survives a target that dies under it: run again, it goes on", () =>
    onBoth(async (file, server, faulty) => {
      await fill(file, Array.from({ length: 40 }, (_, n) => [n, 1] as const));
      const back = faulty.dieAtNextAppend("after");
      await copyEvents({ source: file, target: server, filter: FILTER }).catch(() => undefined);
      await back;
      const { isWhole } = await copyEvents({ source: file, target: server, filter: FILTER });
      expect(isWhole).to.equal(true);
      expect(await kept(server)).to.deep.equal(await kept(file));
    }));

  it("does not go on behind a target that has something else, or more", () =>
    onBoth(async (file, server) => {
      await fill(file, [[1, 2]]);
      await appended(server, stream(1), ANY, [event("recorded there")]);
      const differing = await refusalOf(copyEvents({ source: file, target: server, filter: FILTER }));
      expect(differing).to.deep.include({ code: "COPY_REFUSED" });
      expect(differing.message).to.match(/differs in id, data/);
      expect(await kept(server)).to.have.length(1);
      const more = await refusalOf(copyEvents({ source: server, target: storeWith(file, { readAll: (options) => file.readAll({ ...options, filter: { streamPrefix: "il.nobody." } }) }), filter: FILTER }));
      expect(more.message).to.match(/at revision|the stream is at 1/);
    }));

  it("says which event the target has and the source lacks", () =>
    onBoth(async (file, server) => {
      await fill(file, [[1, 1]]);
      await copyEvents({ source: file, target: server, filter: FILTER });
      await fill(server, [[2, 1]]);
      const { code, message, params } = await refusalOf(copyEvents({ source: file, target: server, filter: FILTER }));
      expect([code, params["stream"], params["revision"]]).to.deep.equal(["COPY_REFUSED", stream(2), 0]);
      expect(message).to.match(/the target has it, but not the source/);
    }));

  it("notices a target that does not keep what it acknowledged", () =>
    onBoth(async (file, server) => {
      await fill(file, [[1, 2]]);
      const forgetful = storeWith(server, { append: (name, expected, events) => server.append(name, expected, events.map((each) => ({ ...each, metadata: "{}" }))) });
      expect((await refusalOf(copyEvents({ source: file, target: forgetful, filter: FILTER }))).message).to.match(/differs in metadata/);
      const { position } = await appended(server, streamName("il.como.incident-1"), ANY, [event("elsewhere")]);
      const lossy = storeWith(server, { append: () => Promise.resolve({ kind: "appended", revision: 1, position, repeated: false }) });
      await fill(file, [[2, 1]]);
      expect((await refusalOf(copyEvents({ source: file, target: lossy, filter: { streamPrefix: "il.lecco.incident-2" } }))).message).to.match(/cannot be read back/);
    }));

  it("says which event is larger than the target takes, and which side does not answer", () =>
    onBoth(async (file, server) => {
      const large = { ...event("large"), data: JSON.stringify({ note: "è".repeat(1000) }) };
      await appended(file, stream(1), ANY, [large]);
      const small = storeWith(server, { append: (_name, _expected, [first]) => Promise.resolve({ kind: "event-too-large", eventId: first?.id ?? large.id, sizeBytes: 2012, limitBytes: 1000 }) });
      expect((await refusalOf(copyEvents({ source: file, target: small, filter: FILTER }))).message).to.contain(large.id).and.match(/2012 bytes, and the target takes 1000/);
      await server.close();
      const { code, message } = await refusalOf(copyEvents({ source: file, target: server, filter: FILTER }));
      expect([code, message]).to.deep.equal(["STORE_UNAVAILABLE", "the target of the copy does not answer (the store is closed); run it again, and it goes on from where it is"]);
    }));
});
