import { GDPR } from "../support/terms.js";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import os from "node:os";
import path from "node:path";
import { pino } from "pino";
import { v7 as newUuid } from "uuid";
import { eventId, instant, ledgerId } from "../../src/kernel/brand.js";
import { createLedger } from "../../src/app/ledger.js";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { createFileEvidence } from "../../src/evidence/files.js";
import type { EvidenceStore } from "../../src/evidence/port.js";
import { systemAlarm } from "../../src/graphql/alarm.js";
import type { LedgerServices } from "../../src/graphql/context.js";
import { createServer, type Server, type ServerOptions } from "../../src/http/server.js";
import { openReadModel } from "../../src/readmodel/open.js";
import { standInSchema, type Hold } from "./stand-in.js";

/** A server on a real socket over a real ledger in a folder of its own. */
export interface Served extends Hold {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly server: Server;
  readonly services: LedgerServices;
  readonly evidence: EvidenceStore;
  /** What was logged, one parsed line each. */
  readonly log: readonly Record<string, unknown>[];
  /** Ends the server and removes the folder. */
  end(): Promise<void>;
}
export type ServedOptions = Partial<ServerOptions> & { readonly evidenceLimitBytes?: number };

export async function serve({ evidenceLimitBytes, ...options }: ServedOptions = {}): Promise<Served> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "served-"));
  const store = openSqliteEventStore({ folder });
  const id = ledgerId("lecco");
  const readModel = await openReadModel({ store, ledgerId: id, file: path.join(folder, "readmodels.sqlite"), notify: () => undefined });
  const evidence = createFileEvidence({ folder: path.join(folder, "evidence"), ...(evidenceLimitBytes !== undefined && { limitBytes: evidenceLimitBytes }) });
  const clock = () => instant(Date.now());
  const ledger = createLedger({ store, ledgerId: id, clock, newEventId: () => eventId(newUuid()), evidence });
  const log: Record<string, unknown>[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void log.push(...parsed(line)) });
  const services: LedgerServices = { ledger, readModel, store, storeName: "SQLite", ledgerId: id, clock, alarm: systemAlarm(clock), regimes: new Map([[GDPR.id, GDPR]]), logger };
  const { schema, hold } = standInSchema();
  const server = createServer(services, { host: "127.0.0.1", port: 0, evidence, logger, schema, graceMs: 2_000, ...options });
  const end = async (): Promise<void> => {
    hold.release();
    await server.close();
    await readModel.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { url, port } = await server.listen();
    return { url, port, folder, server, services, evidence, log, end, ...hold };
  } catch (error) {
    await end();
    throw error;
  }
}

function parsed(line: string): Record<string, unknown>[] {
  const value: unknown = JSON.parse(line);
  return isRecord(value) ? [value] : [];
}
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; undefined if it is none. */
  readonly body: unknown;
}
export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** One request with exactly these headers, over a connection of its own. */
export function ask(served: { readonly port: number }, asked: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = "GET", path: target, headers = {}, body } = asked;
    const request = httpRequest({ host: "127.0.0.1", port: served.port, method, path: target, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: jsonOf(text) });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** `POST /graphql` */
export function graphql(served: { readonly port: number }, query: string, more: { readonly variables?: object; readonly headers?: OutgoingHttpHeaders; readonly operationName?: string } = {}): Promise<Answer> {
  const { variables, headers, operationName } = more;
  const body = JSON.stringify({ query, variables, operationName });
  return ask(served, { method: "POST", path: "/graphql", headers: { "content-type": "application/json", ...headers }, body });
}

/** The first error of an answer, as it went out. */
export function errorOf({ body }: Answer): { readonly message: string; readonly extensions: Record<string, unknown> } {
  const errors = isRecord(body) ? body["errors"] : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (!isRecord(first) || typeof first["message"] !== "string" || !isRecord(first["extensions"])) throw new Error(`no error in ${JSON.stringify(body)}`);
  return { message: first["message"], extensions: first["extensions"] };
}

/** Looks again on every turn of the event loop; mocha's own timeout ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
