import { expect } from "chai";
import fc from "fast-check";
import type { EventStore, EventToAppend, ExpectedRevision } from "../../src/eventstore/port.js";
import { allPages, ANY, event, exactly, EXISTS, ids, NO_STREAM, wholeStream, type Rig } from "./rig.js";

/** What one append is to do: on which of few streams, with an expectation near the truth, or as a repetition of an earlier one. */
interface Step {
  readonly stream: number;
  readonly expected: "no-stream" | "stream-exists" | "any" | "current" | "behind" | "ahead";
  readonly count: number;
  /** Index, from the end, of the earlier append to repeat, where there is one. */
  readonly repeat: number | undefined;
}
const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.nat(2),
  expected: fc.constantFrom("no-stream", "stream-exists", "any", "current", "current", "current", "behind", "ahead"),
  count: fc.integer({ min: 1, max: 4 }),
  repeat: fc.option(fc.nat(5), { nil: undefined, freq: 4 }),
});

interface Request {
  readonly stream: number;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}
type Outcome = { readonly kind: "appended"; readonly revision: number; readonly repeated: boolean } | { readonly kind: "wrong-expected-revision"; readonly actual: number | "no-stream" };

/** The contract in a few lines: streams as arrays of ids, and the log of all. */
class Model {
  readonly streams: string[][] = [[], [], []];
  readonly log: string[] = [];

  append({ stream, expected, events }: Request): Outcome {
    const held = this.streams[stream] ?? expect.fail();
    const actual = held.length === 0 ? "no-stream" : held.length - 1;
    const after = expected.kind === "exact" ? expected.revision + 1 : 0;
    const holds = { exact: held.length > 0 && held.length === after, "no-stream": held.length === 0, "stream-exists": held.length > 0, any: true }[expected.kind];
    if (holds) {
      held.push(...ids(events));
      this.log.push(...ids(events));
      return { kind: "appended", revision: held.length - 1, repeated: false };
    }
    const there = held.slice(after, after + events.length);
    const named = expected.kind === "exact" || expected.kind === "no-stream";
    if (named && there.length === events.length && there.every((id, index) => id === events[index]?.id)) return { kind: "appended", revision: after + events.length - 1, repeated: true };
    return { kind: "wrong-expected-revision", actual };
  }

  request({ stream, expected, count }: Step): Request {
    const revision = (this.streams[stream]?.length ?? 0) - 1;
    const made = Array.from({ length: count }, (_, n) => event(`n${n}`));
    switch (expected) {
      case "no-stream":
        return { stream, expected: NO_STREAM, events: made };
      case "stream-exists":
        return { stream, expected: EXISTS, events: made };
      case "any":
        return { stream, expected: ANY, events: made };
      case "current":
        return { stream, expected: revision < 0 ? NO_STREAM : exactly(revision), events: made };
      case "behind":
        return { stream, expected: exactly(Math.max(0, revision - 1)), events: made };
      case "ahead":
        return { stream, expected: exactly(revision + 1), events: made };
    }
  }
}

/** Random appends: the store answers and holds what a model in memory does. */
export function describeModel(rig: () => Rig): void {
  const outcome = async (store: EventStore, request: Request, run: number): Promise<Outcome> => {
    const result = await store.append(rig().stream(`r${run}-${request.stream}`), request.expected, request.events);
    if (result.kind === "appended") return { kind: "appended", revision: result.revision, repeated: result.repeated };
    return result.kind === "wrong-expected-revision" ? result : expect.fail(result.kind);
  };

  it("answers and holds what a simple model does, whatever is appended", async () => {
    const { store, stream, prefix } = rig();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        run += 1;
        const model = new Model();
        const earlier: Request[] = [];
        for (const one of steps) {
          // Only what names its place can be repeated safely.
          const repeatable = earlier.filter(({ expected: { kind } }) => kind === "exact" || kind === "no-stream");
          const request = (one.repeat === undefined ? undefined : repeatable.at(-1 - one.repeat)) ?? model.request(one);
          earlier.push(request);
          expect(await outcome(store, request, run)).to.deep.equal(model.append(request));
        }
        for (const [n, held] of model.streams.entries()) expect(ids(await wholeStream(store, stream(`r${run}-${n}`)))).to.deep.equal(held);
        const { found } = await allPages(store, { direction: "forwards", limit: 7, filter: { streamPrefix: `${prefix}incident-r${run}-` } });
        expect(ids(found)).to.deep.equal(model.log);
      }),
      { numRuns: 40 },
    );
  });
}
