import { FaultyServer } from "./faulty-server.js";

/** The test server in a process of its own, until its standard input ends: prints its connection string. `--calls`: without appends in batches. */
const server = await FaultyServer.start({ takesBatches: !process.argv.includes("--calls") });
process.stdout.write(`${server.url}\n`);
process.stdin.on("end", () => void server.stop().then(() => process.exit(0))).resume();
