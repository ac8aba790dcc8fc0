import { GDPR } from "../support/terms.js";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getOperationAST, parse, subscribe, validate, GraphQLError, type ExecutionResult } from "graphql";
import { ledgerId, type Instant } from "../../src/kernel/brand.js";
import type { ErrorCode } from "../../src/kernel/errors.js";
import { isJsonObject } from "../../src/kernel/json.js";
import { newEventId } from "../../src/kernel/uuid.js";
import { createLedger } from "../../src/app/ledger.js";
import { openSqliteEventStore, type SqliteEventStore } from "../../src/eventstore/sqlite.js";
import { createContext, type Context, type LedgerServices } from "../../src/graphql/context.js";
import { answerError, type AnswerError } from "../../src/graphql/errors.js";
import { loadSchema } from "../../src/graphql/schema.js";
import { Executor } from "../../src/http/execution.js";
import { openReadModel } from "../../src/readmodel/open.js";
import type { RunningReadModel } from "../../src/readmodel/port.js";
import { HandAlarm } from "../support/alarm.js";
import { at, LEAD_BODY } from "../support/given.js";

export const SCHEMA = loadSchema();
export const LEDGER = ledgerId("lecco");
/** What the server runs operations by: plain queries compiled. */
const EXECUTOR = new Executor(SCHEMA);
/** What the evidence folder of every spec holds: one file, by its digest. */
export const EVIDENCE = { sha256: "a".repeat(64), sizeBytes: 1234 };

/** An answer without its errors' shape taken on trust. */
export interface Answer {
  readonly data: unknown;
  readonly errors: readonly AnswerError[];
}
export type Variables = Readonly<Record<string, unknown>>;

/** The API over a real ledger in a folder of its own. */
export interface Api {
  readonly store: SqliteEventStore;
  readonly readModel: RunningReadModel;
  readonly services: LedgerServices;
  /** SQL of the queries since it was last emptied. */
  readonly statements: string[];
  /** What was told to the log. */
  readonly logged: { readonly details: object; readonly message: string }[];
  /** Setting it rings what is due by then. */
  now: Instant;
  readonly alarm: HandAlarm;
  context(): Context;
  /** Runs a document as the server does: parsed, validated, executed, its errors passed through the edge. */
  ask(document: string, variables?: Variables): Promise<Answer>;
  /** The data of an answer that must have no errors. */
  tell(document: string, variables?: Variables): Promise<unknown>;
  /** The one error of an answer that must have one. */
  refuse(document: string, variables?: Variables): Promise<AnswerError>;
  /** The payloads of a subscription; throws where it is refused. */
  follow(document: string, variables?: Variables): Promise<AsyncGenerator<ExecutionResult, void, void>>;
  close(): Promise<void>;
}

export async function openApi(now = at("2019-10-21T09:00:00Z")): Promise<Api> {
  const folder = await mkdtemp(join(tmpdir(), "graphql-"));
  const store = openSqliteEventStore({ folder });
  const [statements, logged]: [string[], { details: object; message: string }[]] = [[], []];
  const readModel = await openReadModel({
    store, ledgerId: LEDGER, file: join(folder, "readmodels.sqlite"), notify: () => undefined, onStatement: (sql) => statements.push(sql),
  });
  const state = { now };
  const alarm = new HandAlarm(now);
  const evidence = { sizeOf: (sha256: string) => Promise.resolve(sha256 === EVIDENCE.sha256 ? EVIDENCE.sizeBytes : undefined) };
  const services: LedgerServices = {
    ledger: createLedger({ store, ledgerId: LEDGER, clock: () => state.now, newEventId, evidence }),
    readModel, store, storeName: "SQLite", ledgerId: LEDGER, clock: () => state.now, alarm, regimes: new Map([[GDPR.id, GDPR]]),
    logger: { error: (details, message) => logged.push({ details, message }) },
  };
  const unexpected = { logger: services.logger, newErrorId: () => `error-${logged.length}` };
  const context = (): Context => createContext(services, { actor: LEAD_BODY });
  const ask = async (document: string, variables: Variables = {}): Promise<Answer> => {
    const { data, errors } = await run(document, variables, context());
    return { data: plain(data), errors: (errors ?? []).map((error) => answerError(error, unexpected)) };
  };
  return {
    store, readModel, services, statements, logged, alarm, context, ask,
    get now() {
      return state.now;
    },
    set now(to) {
      state.now = to;
      alarm.reach(to);
    },
    tell: async (document, variables) => {
      const { data, errors } = await ask(document, variables);
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data;
    },
    refuse: async (document, variables) => {
      const { errors } = await ask(document, variables);
      const [only, more] = errors;
      if (only === undefined || more !== undefined) throw new Error(`one error was expected: ${JSON.stringify(errors)}`);
      return only;
    },
    follow: async (document, variables = {}) => {
      const followed = await subscribe({ schema: SCHEMA, document: parse(document), variableValues: variables, contextValue: context() });
      if (Symbol.asyncIterator in followed) return followed;
      throw new Error(JSON.stringify((followed.errors ?? []).map((error) => answerError(error, unexpected))));
    },
    close: async () => {
      await readModel.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function run(text: string, variables: Variables, contextValue: Context): Promise<ExecutionResult> {
  try {
    const document = parse(text);
    const errors = validate(SCHEMA, document);
    if (errors.length > 0) return { errors };
    return await EXECUTOR.run({ document, operation: getOperationAST(document) ?? undefined, operationName: undefined, variables, context: contextValue });
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** As it goes over the wire: graphql-js answers with objects without a prototype. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** What lies in an answer under the names and indexes given. */
export function pick(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof step === "number") return Array.isArray(inner) ? inner[step] : undefined;
    return isJsonObject(inner) ? inner[step] : undefined;
  }, value);
}
export function text(value: unknown, ...path: readonly (string | number)[]): string {
  const found = pick(value, ...path);
  if (typeof found === "string") return found;
  throw new TypeError(`no text at ${path.join(".")}: ${JSON.stringify(value)}`);
}
export function list(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = pick(value, ...path);
  if (Array.isArray(found)) return found;
  throw new TypeError(`no list at ${path.join(".")}: ${JSON.stringify(value)}`);
}
/** The names of all values of a list that a step leads to. */
export function each(value: readonly unknown[], ...path: readonly (string | number)[]): readonly unknown[] {
  return value.map((item) => pick(item, ...path));
}

export function codeOf({ extensions }: AnswerError): ErrorCode {
  return extensions.code;
}
