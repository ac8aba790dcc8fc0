import { bounded, compare, median, round, type Measured } from "../harness.js";
import type { BenchedServer } from "./benched-store.js";
import { SideProcess } from "./processes.js";
import type { Reading, SideTask } from "./side.js";

/** Callers at once, and the appends of each in one run: a second or two of them. */
const APPENDS = [
  { callers: 1, perCaller: 4000 },
  { callers: 16, perCaller: 1000 },
  { callers: 256, perCaller: 80 },
] as const;
const CATCH_UP_EVENTS = 100_000;
const SLOW_EVENTS = 1_000_000;
/** After each batch of 1,000 events. */
const REST_MS = 50;
const MOST_GROWTH_MEGABYTES = 64;

/** Appends through the adapter against the bare client's. */
export async function appendsToServer(server: BenchedServer, runs: number): Promise<readonly Measured[]> {
  const rows: Measured[] = [];
  for (const { callers, perCaller } of APPENDS) {
    rows.push(
      await againstClient(server, 0, {
        what: `appends to EventStoreDB (${server.name}), ${callers} at once, through the adapter`,
        against: "the same through the bare client",
        goal: { atLeast: 0.9 },
        // A caller alone waits more than it works: what else the machine does shows most.
        runs: runs * 3,
        task: () => ({ kind: "append", callers, perCaller }),
      }),
    );
  }
  return rows;
}

/** A subscription from the start, against reading all. */
export function catchUpFromServer(server: BenchedServer, runs: number): Promise<Measured> {
  return againstClient(server, CATCH_UP_EVENTS, {
    what: `catching up ${CATCH_UP_EVENTS.toLocaleString("en-US")} events from EventStoreDB (${server.name}) by a subscription of the adapter`,
    against: "the bare client's `readAll` of them",
    goal: { atLeast: 0.8 },
    runs,
    task: ({ streamPrefix, events, from }) => ({ kind: "read", streamPrefix, events, from }),
  });
}

/** What a slow projection needs while it reads a million events. */
export async function memoryWhileReading(server: BenchedServer): Promise<Measured> {
  const store = await server.holding(SLOW_EVENTS);
  const adapter = new SideProcess("adapter", store.url);
  try {
    const { seconds, growthMegabytes = NaN, largestMegabytes = NaN } = await adapter.asked({ kind: "read-slowly", ...store.reading, restMs: REST_MS });
    console.error(`  a slow projection: ${round(seconds)} s, at most ${round(largestMegabytes)} MB, growth ${round(growthMegabytes)} MB`);
    const what = `memory while a slow projection reads ${SLOW_EVENTS.toLocaleString("en-US")} events from EventStoreDB (${server.name}): growth beyond the largest RSS of the first tenth`;
    return bounded(what, { unit: "MB", value: growthMegabytes, atMost: MOST_GROWTH_MEGABYTES });
  } finally {
    await adapter.end();
    await store.end();
  }
}

interface AgainstClient {
  readonly what: string;
  readonly against: string;
  readonly goal: { readonly atLeast: number };
  readonly runs: number;
  readonly task: (reading: Reading) => SideTask;
}

/** Processor time for one event, in seconds. */
interface Cost {
  readonly own: number;
  readonly server: number;
}
function microseconds(costs: readonly Cost[], of: keyof Cost): string {
  const micros = median(costs.map((cost) => cost[of] * 1e6));
  return Number.isNaN(micros) ? "unknown" : round(micros);
}

/** Each side in a process of its own that has done the same once before it is measured. */
async function againstClient(server: BenchedServer, events: number, { task, ...row }: AgainstClient): Promise<Measured> {
  const store = await server.holding(events);
  const [adapter, client] = [new SideProcess("adapter", store.url), new SideProcess("client", store.url)];
  const costs = new Map<SideProcess, Cost[]>([[adapter, []], [client, []]]);
  const rate = async (side: SideProcess): Promise<number> => {
    const before = store.cpuSeconds();
    const { events: done, seconds, cpuSeconds } = await side.asked(task(store.reading));
    costs.get(side)?.push({ own: cpuSeconds / done, server: (store.cpuSeconds() - before) / done });
    return done / seconds;
  };
  try {
    for (const side of costs.keys()) await side.asked(task(store.reading));
    const measured = await compare({ ...row, unit: "events/s", ours: () => rate(adapter), baseline: () => rate(client) });
    const told = [...costs.values()].map((all) => `${microseconds(all, "own")} (the server ${microseconds(all, "server")})`);
    console.error(`  ${row.what}: µs of processor time an event ${told.join(", the bare client ")}`);
    return measured;
  } finally {
    await adapter.end();
    await client.end();
    await store.end();
  }
}
