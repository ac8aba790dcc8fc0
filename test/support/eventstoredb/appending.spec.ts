import { ANY, DeadlineExceededError, NO_STREAM, STREAM_EXISTS, WrongExpectedVersionError, type AppendExpectedRevision } from "@eventstore/db-client";
import { expect } from "chai";
import { rejection } from "../../contract/rig.js";
import { idsOf, reported, severalReported, wired } from "./rig.js";

const PROTOCOLLO = "il.lecco.incident-protocollo";

const paths = [
  { name: "in batches", takesBatches: true },
  { name: "as calls of their own", takesBatches: false },
] as const;

for (const { name, takesBatches } of paths) {
  describe(`the EventStoreDB test server: appends ${name}`, () => {
    const rig = wired({ takesBatches });

    async function refused(expectedRevision: AppendExpectedRevision): Promise<WrongExpectedVersionError> {
      const error = await rejection(rig().client.appendToStream(PROTOCOLLO, reported("too late"), { expectedRevision }));
      return error instanceof WrongExpectedVersionError ? error : expect.fail(String(error));
    }

    it("refuses to a stream that is not there what expects one, and says so", async () => {
      for (const expected of [0n, 7n, STREAM_EXISTS] as const) {
        const { actualVersion, expectedVersion, streamName } = await refused(expected);
        expect([streamName, expectedVersion, actualVersion]).to.deep.equal([PROTOCOLLO, expected, NO_STREAM]);
      }
      expect((await rig().client.appendToStream(PROTOCOLLO, reported("first"), { expectedRevision: NO_STREAM })).nextExpectedRevision).to.equal(0n);
    });

    it("refuses to a stream what expects another revision, with the revision that it has", async () => {
      const { client } = rig();
      await client.appendToStream(PROTOCOLLO, severalReported(3), { expectedRevision: NO_STREAM });
      for (const expected of [NO_STREAM, 0n, 1n, 3n] as const) {
        const { actualVersion, expectedVersion } = await refused(expected);
        expect([expectedVersion, actualVersion]).to.deep.equal([expected, 2n]);
      }
      expect(await idsOf(client.readStream(PROTOCOLLO))).to.have.length(3);
    });

    it("takes what expects the revision that there is, any, or a stream", async () => {
      const { client } = rig();
      const revisions: bigint[] = [];
      for (const expectedRevision of [ANY, 0n, STREAM_EXISTS, 2n] as const) {
        const { success, nextExpectedRevision } = await client.appendToStream(PROTOCOLLO, reported("next"), { expectedRevision });
        expect(success).to.equal(true);
        revisions.push(nextExpectedRevision);
      }
      expect(revisions).to.deep.equal([0n, 1n, 2n, 3n]);
    });

    it("takes all events of an append, however many messages they come in, and says where the last one lies", async () => {
      const { client } = rig();
      const added = severalReported(20);
      const { nextExpectedRevision, position } = await client.appendToStream(PROTOCOLLO, added, { expectedRevision: NO_STREAM, batchAppendSize: 256 });
      expect(nextExpectedRevision).to.equal(19n);
      const last: unknown[] = [];
      for await (const { event } of client.readAll({ direction: "backwards", fromPosition: "end", maxCount: 1 })) last.push(event?.id, event?.position);
      expect(last).to.deep.equal([added.at(-1)?.id, position]);
      expect(position?.prepare).not.to.equal(position?.commit);
    });

    for (const expectedRevision of [0n, ANY, STREAM_EXISTS] as const) {
      it(`gives a repeated append that expects ${expectedRevision} its first result, also after later ones, and stores nothing twice`, async () => {
        const { client } = rig();
        const [first, added, later] = [reported("first"), severalReported(2), reported("later")];
        await client.appendToStream(PROTOCOLLO, first, { expectedRevision: NO_STREAM });
        const { nextExpectedRevision } = await client.appendToStream(PROTOCOLLO, added, { expectedRevision });
        await client.appendToStream(PROTOCOLLO, later, { expectedRevision: 2n });
        const repeated = await client.appendToStream(PROTOCOLLO, added, { expectedRevision });
        expect([nextExpectedRevision, repeated.nextExpectedRevision]).to.deep.equal([2n, 2n]);
        expect(await idsOf(client.readStream(PROTOCOLLO))).to.deep.equal([first, ...added, later].map(({ id }) => id));
      });

      it(`refuses an append that expects ${expectedRevision} of which only the beginning is there, and stores nothing`, async () => {
        const { client } = rig();
        const [first, known] = [reported("first"), reported("known")];
        await client.appendToStream(PROTOCOLLO, [first, known], { expectedRevision: NO_STREAM });
        const error = await rejection(client.appendToStream(PROTOCOLLO, [known, reported("new")], { expectedRevision }));
        expect(error).to.be.instanceOf(WrongExpectedVersionError);
        expect(await idsOf(client.readStream(PROTOCOLLO))).to.deep.equal([first.id, known.id]);
      });
    }

    it("lets one of many win who expect the same", async () => {
      const { client } = rig();
      const all = await Promise.allSettled(severalReported(16).map((event) => client.appendToStream(PROTOCOLLO, event, { expectedRevision: NO_STREAM })));
      expect(all.filter(({ status }) => status === "fulfilled")).to.have.length(1);
      expect(await idsOf(client.readStream(PROTOCOLLO))).to.have.length(1);
    });
  });
}

describe("the EventStoreDB test server: deadlines", () => {
  const rig = wired();

  it("does not store in a batch what arrives after the deadline that the client's clock has set", async () => {
    const { client } = rig();
    const error = await rejection(client.appendToStream(PROTOCOLLO, reported("by a clock that is slow"), { deadline: -1000 }));
    expect(error).to.be.instanceOf(DeadlineExceededError);
    await client.appendToStream(PROTOCOLLO, reported("in time"), { expectedRevision: NO_STREAM });
  });
});
