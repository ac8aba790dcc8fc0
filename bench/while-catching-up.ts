import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isJsonObject, parseJson } from "../src/kernel/json.js";
import { openDatabase } from "../src/sqlite/driver.js";
import { bounded, median, round, type Measured } from "./harness.js";
import { hasCaughtUp, serveLedger, type ServingProcess } from "./serving-process.js";

const MOST_MEGABYTES = 400;
const SLOWEST_MS = 200;
/** Between two questions. */
const PAUSE_MS = 100;
const QUESTION = "{ ledger { eventCount } incidents(first: 20) { nodes { id title status severity startedAt endedAt } } }";

/**
 * What the program as it is shipped needs and how it answers while it catches up with all read models from nothing: the largest memory it ever had, and
 * the slowest of the answers to a question that is asked over and over. Linux only, whose /proc says how much memory another process had.
 */
export async function whileCatchingUp(folder: string, events: number): Promise<readonly Measured[]> {
  const own = `${folder}.catching-up`;
  copyEvents(folder, own);
  const server = await serveLedger(own);
  const answeredMs: number[] = [];
  try {
    while (!(await hasCaughtUp(server))) {
      answeredMs.push(await answerMs(server));
      await setTimeout(PAUSE_MS);
    }
    const [slowest, megabytes] = [Math.max(...answeredMs), peakMegabytes(server)];
    const sorted = [...answeredMs].sort((a, b) => a - b);
    console.error(`  while catching up: ${answeredMs.length} answers, median ${round(median(sorted))} ms, 99th percentile ${round(sorted[Math.floor(sorted.length * 0.99)] ?? NaN)} ms, slowest ${round(slowest)} ms; at most ${round(megabytes)} MB`);
    const all = events.toLocaleString("en-US");
    return [
      bounded(`memory while catching up ${all} events (largest RSS)`, { unit: "MB", value: megabytes, atMost: MOST_MEGABYTES }),
      bounded(`GraphQL answers while catching up ${all} events (slowest of ${answeredMs.length})`, { unit: "ms", value: slowest, atMost: SLOWEST_MS }),
    ];
  } finally {
    await server.end();
    rmSync(own, { recursive: true, force: true });
  }
}

/** The events alone, in a folder of their own. */
function copyEvents(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const database = openDatabase(join(from, "events.sqlite"), { readOnly: true });
  database.prepare("VACUUM INTO ?").run(join(to, "events.sqlite"));
  database.close();
}

async function answerMs({ url }: ServingProcess): Promise<number> {
  const begun = performance.now();
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: QUESTION }) });
  const answer = parseJson(await response.text());
  const took = performance.now() - begun;
  if (!isJsonObject(answer) || answer["errors"] !== undefined) throw new Error(`no answer while catching up: ${JSON.stringify(answer)}`);
  return took;
}

/** The largest resident set that a process ever had, in units of 10⁶ bytes (proc(5), VmHWM in KiB). */
function peakMegabytes({ pid }: ServingProcess): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}
