import { openEventStoreDb } from "../../src/eventstore/eventstoredb.js";
import { position } from "../../src/kernel/brand.js";
import { allAtOnce, expectation } from "../append-work.js";
import type { Side } from "./side.js";

/** The product's own way to the server. */
export function adapterSide(url: string): Side {
  const store = openEventStoreDb({ url });
  return {
    appends: (byCaller) => () =>
      allAtOnce(byCaller, async ({ stream, revision, event }) => {
        const result = await store.append(stream, expectation(revision), [event]);
        if (result.kind !== "appended" || result.repeated) throw new Error(JSON.stringify(result));
      }),
    read: async ({ streamPrefix, events, from, onBatch }) => {
      let seen = 0;
      await new Promise<void>((resolve, reject) => {
        const subscription = store.subscribe({
          ...(from !== undefined && { from: position(from) }),
          filter: { streamPrefix },
          onInterrupted: (reason) => reject(new Error(reason)),
          onEvents: async (batch) => {
            seen += batch.length;
            await onBatch?.(batch.length);
            if (seen < events) return;
            void subscription.close();
            resolve();
          },
        });
        subscription.ended.catch(reject);
      });
    },
  };
}
