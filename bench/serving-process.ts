import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { isJsonObject, parseJson } from "../src/kernel/json.js";
import { BENCH_LEDGER } from "./prepared-ledger.js";

/** A server in a process of its own. */
export interface ServingProcess {
  readonly url: string;
  readonly pid: number;
  /** Tells it to end, and waits until it has. */
  end(): Promise<void>;
}

/** The program as it is shipped, with its own settings: `incident-ledger serve`. Its log goes into a file beside the ledger, as a service's does. */
export function serveLedger(folder: string): Promise<ServingProcess> {
  return startServing("../src/main", ["serve", "--json", "--data", folder, "--ledger", BENCH_LEDGER, "--port", "0"], join(folder, "server.log"));
}

/** Starts a module that says on standard output, in a line of JSON with a `url`, where it listens. */
export async function startServing(module: string, args: readonly string[], log: string): Promise<ServingProcess> {
  // Built or not built, as this module is.
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const program = fileURLToPath(new URL(`${module}${extension}`, import.meta.url));
  const logFile = openSync(log, "w");
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], { stdio: ["ignore", "pipe", logFile] });
  closeSync(logFile);
  const ended = once(child, "exit");
  const url = await Promise.race([urlIn(child.stdout), ended.then(() => undefined)]);
  if (url === undefined || child.pid === undefined) throw new Error(`${program} ended before it served; its log is ${log}`);
  return {
    url,
    pid: child.pid,
    end: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function urlIn(output: Readable | null): Promise<string | undefined> {
  if (output === null) return undefined;
  for await (const line of createInterface({ input: output })) {
    const said = parseJson(line);
    if (isJsonObject(said) && typeof said["url"] === "string") return said["url"];
  }
  return undefined;
}

/** Waits until each read model has taken every event that is in the store. */
export async function caughtUp(server: ServingProcess): Promise<void> {
  while (!(await hasCaughtUp(server))) await setTimeout(200);
}

/** Whether each read model has taken every event that is in the store. */
export async function hasCaughtUp({ url }: ServingProcess): Promise<boolean> {
  const query = "{ ledger { position store { position } readModels { position } } }";
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  const positions = [...(await response.text()).matchAll(/"position":("[^"]*"|null)/g)].map(([, position]) => position);
  return positions.length > 2 && positions.every((position) => position !== "null" && position === positions[0]);
}
