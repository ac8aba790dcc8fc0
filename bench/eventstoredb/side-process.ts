import { appendsByStream } from "../append-work.js";
import { adapterSide } from "./adapter-side.js";
import { clientSide } from "./client-side.js";
import { sideTask, type Reading, type Side, type SideResult, type SideTask } from "./side.js";

/** One of the two sides in a process of its own, so that both have the same conditions: `adapter` or `client`, and the server's connection string. Ends with its parent. */
const [, , which, url = ""] = process.argv;
const side = which === "adapter" ? adapterSide(url) : clientSide(url);
process.on("message", (message) => void done(sideTask.parse(message)).then((result) => process.send?.(result)));
process.on("disconnect", () => process.exit());

function done(task: SideTask): Promise<SideResult> {
  switch (task.kind) {
    case "append":
      return measured(task.callers * task.perCaller, side.appends(appendsByStream(task.callers, task.perCaller)));
    case "read":
      return measured(task.events, () => side.read(task));
    case "read-slowly":
      return readSlowly(side, task, task.restMs);
  }
}

async function measured(events: number, work: () => Promise<void>): Promise<SideResult> {
  const [begunMs, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { events, seconds: (performance.now() - begunMs) / 1e3, cpuSeconds: (user + system) / 1e6 };
}

/** As a slow projection reads: it rests after each batch. */
async function readSlowly(of: Side, reading: Reading, restMs: number): Promise<SideResult> {
  let [seen, largestAtFirst, largestBytes] = [0, 0, 0];
  const onBatch = async (events: number): Promise<void> => {
    seen += events;
    await new Promise((resolve) => setTimeout(resolve, restMs));
    const bytes = process.memoryUsage.rss();
    largestBytes = Math.max(largestBytes, bytes);
    if (seen <= reading.events / 10) largestAtFirst = largestBytes;
  };
  const result = await measured(reading.events, () => of.read({ ...reading, onBatch }));
  return { ...result, growthMegabytes: (largestBytes - largestAtFirst) / 1e6, largestMegabytes: largestBytes / 1e6 };
}
