import { parseArgs } from "node:util";
import { FaultyServer } from "./faulty-server.js";
import { fill } from "./filled-log.js";

/**
 * The test server in a process of its own, until its standard input ends: prints its connection string. `--calls`: without appends in batches.
 * `--events`: holds so many from the beginning, in streams that begin with `--stream-prefix`.
 */
const { values } = parseArgs({ options: { calls: { type: "boolean", default: false }, events: { type: "string", default: "0" }, "stream-prefix": { type: "string", default: "il.bench." } } });
const server = await FaultyServer.start({ takesBatches: !values.calls });
fill(server.log, { events: Number(values.events), streamPrefix: values["stream-prefix"] });
process.stdout.write(`${server.url}\n`);
process.stdin.on("end", () => void server.stop().then(() => process.exit(0))).resume();
