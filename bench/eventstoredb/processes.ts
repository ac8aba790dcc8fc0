import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sideResult, type SideResult, type SideTask } from "./side.js";

/** Built or not built, as this module is. */
function program(module: string): string {
  return fileURLToPath(new URL(`${module}${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));
}

/** One of the two sides, in a process of its own. */
export class SideProcess {
  readonly #child: ChildProcess;

  constructor(side: "adapter" | "client", url: string) {
    this.#child = fork(program("./side-process"), [side, url]);
  }

  /** Rejects when the process ends instead of answering. */
  async asked(task: SideTask): Promise<SideResult> {
    const over = new AbortController();
    const [answer, ended] = [once(this.#child, "message", over), once(this.#child, "exit", over)];
    this.#child.send(task);
    try {
      const brought: unknown[] = await Promise.race([answer, ended.then(() => Promise.reject(new Error("the process of one side ended")))]);
      return sideResult.parse(brought[0]);
    } finally {
      over.abort();
      for (const waiting of [answer, ended]) waiting.catch(() => undefined);
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}

export interface ServerProcess {
  readonly url: string;
  /** Processor time that it has used so far, in seconds, or NaN where the system does not tell (Linux does). */
  cpuSeconds(): number;
  end(): Promise<void>;
}
const SERVERS = { test: "../../test/support/eventstoredb/alone", replaying: "./replaying-server" } as const;

/** A server in a process of its own, which holds `events` events from the beginning. */
export async function startServer(which: keyof typeof SERVERS, events: number, streamPrefix: string): Promise<ServerProcess> {
  const args = [program(SERVERS[which]), "--events", String(events), "--stream-prefix", streamPrefix];
  const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const url of createInterface({ input: child.stdout })) {
    return {
      url,
      cpuSeconds: () => cpuSecondsOf(child.pid),
      end: async () => {
        child.stdin.end();
        await ended;
      },
    };
  }
  throw new Error(`the ${which} server ended before it served`);
}

/** User and system time of a process (proc(5), the 14th and 15th field, in hundredths of a second). */
function cpuSecondsOf(pid: number | undefined): number {
  const file = `/proc/${pid ?? ""}/stat`;
  if (!existsSync(file)) return NaN;
  const [user, system] = readFileSync(file, "utf8").replace(/^.*\) /, "").split(" ").slice(11);
  return (Number(user) + Number(system)) / 100;
}
