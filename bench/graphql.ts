import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { canonicalJson, parseJson } from "../src/kernel/json.js";
import { compare, type Measured } from "./harness.js";
import { caughtUp, serveLedger, startServing } from "./serving-process.js";

const CONNECTIONS = 50;
/** Short ones and many of them: what else this machine does then falls on both. */
const SECONDS_PER_RUN = 2;
const WARM_UP_SECONDS = 3;
const QUERY = "{ incidents(first: 20) { nodes { id title status severity startedAt endedAt } } }";

interface Target {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/**
 * A page of 20 incidents with 6 fields from the program as it is shipped, against plain express with the same SQL that serves the same JSON. Both serve
 * from a process of their own; this process is the load.
 */
export async function graphqlIncidents(folder: string, events: number, runs: number): Promise<Measured> {
  const ledger = await serveLedger(folder);
  await caughtUp(ledger);
  const plain = await startServing("./plain-server", [folder], join(tmpdir(), "plain-server.log"));
  const ours: Target = { url: `${ledger.url}/graphql`, method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: QUERY }) };
  const baseline: Target = { url: `${plain.url}/incidents`, method: "GET", headers: {} };
  try {
    await mustAnswerAlike(ours, baseline);
    for (const target of [ours, baseline]) await requestsPerSecond(target, WARM_UP_SECONDS);
    return await compare({
      what: `\`incidents(first: 20)\` with 6 fields, ${CONNECTIONS} connections, on a ledger of ${events.toLocaleString("en-US")} events`,
      against: "plain express with the same SQL, serving the same JSON",
      unit: "requests/s",
      goal: { atLeast: 0.5 },
      runs: runs * 3,
      ours: () => requestsPerSecond(ours, SECONDS_PER_RUN),
      baseline: () => requestsPerSecond(baseline, SECONDS_PER_RUN),
    });
  } finally {
    await ledger.end();
    await plain.end();
  }
}

async function requestsPerSecond(target: Target, duration: number): Promise<number> {
  const result = await autocannon({ ...target, connections: CONNECTIONS, duration });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${target.url}: ${result.non2xx} answers were refusals, ${result.errors} did not come`);
  return result.requests.total / result.duration;
}

async function mustAnswerAlike(...targets: readonly Target[]): Promise<void> {
  const answers = await Promise.all(targets.map(async ({ url, ...request }) => canonicalJson(parseJson(await (await fetch(url, request)).text()))));
  const [first = "", ...others] = answers;
  if (!first.includes("startedAt") || others.some((other) => other !== first)) throw new Error(`not the same JSON: ${answers.map((answer) => answer.slice(0, 300)).join(" and ")}`);
}
