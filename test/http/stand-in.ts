import { buildSchema, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import { LedgerError } from "../../src/kernel/errors.js";
import type { Context } from "../../src/graphql/context.js";

/** A small schema of the product's shape, so that what the server itself does is tested apart from what the ledger answers. */
const SDL = `
  type Query {
    "Who asks."
    actor: String!
    incident(id: ID!): Incident
    incidents(first: Int! = 20, status: [Status!], window: Window, windows: [Window!]): IncidentConnection!
    found(words: String!): [Found!]!
    "An object that does not say what it is."
    lost: Found
    refused: String
    broken: String
    brokenLater: Incident!
    "Answers when the test lets it."
    held: String!
  }
  type Mutation { note(text: String!): String! }
  type Subscription {
    "Counts from the number after the first up to the last."
    counted(from: Int! = 0, until: Int!, padding: Int! = 0): Count!
    "Never tells anything."
    silent: Count!
    refusedFrom(position: String!): Count!
    brokenAfter(count: Int!): Count!
    who: Who!
  }
  enum Status { OPEN CLOSED }
  input Window { from: Int = 3 to: Int step: Int! = 1 }
  type Incident { id: ID! title: String! status: Status! services: [Service!]! parent: Incident window: String }
  type Service { id: ID! name: String! incidents: [Incident!]! }
  type IncidentConnection { nodes: [Incident!]! edges: [IncidentEdge!]! pageInfo: PageInfo! }
  type IncidentEdge { cursor: String! node: Incident! }
  type PageInfo { hasNextPage: Boolean! }
  union Found = Incident | Service
  type Count { number: Int! padding: String! }
  type Who { actor: String! }
`;

type Resolver = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>;

/** Things the tests hold in their hands. */
export interface Hold {
  /** Fulfilled when somebody asks for `held`. */
  readonly asked: Promise<void>;
  readonly release: () => void;
  /** `silent` subscriptions that run now. */
  readonly running: Set<string>;
  /** How many numbers `counted` has given, over all its subscriptions. */
  readonly given: () => number;
}

export function standInSchema(): { readonly schema: GraphQLSchema; readonly hold: Hold } {
  const schema = buildSchema(SDL);
  let ask = (): void => undefined;
  let release = (): void => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const running = new Set<string>();
  const counter = { given: 0 };
  const resolvers: Record<string, Resolver> = {
    "Query.actor": (_source, _args, context) => context.actor.id,
    "Query.incident": (_source, { id }) => incident(String(id)),
    "Query.incidents": (_source, args) => Promise.resolve(connection(args)),
    "Query.found": () => Promise.resolve([{ __typename: "Incident", ...incident("i-1") }, { __typename: "Service", id: "posta", name: "Posta" }]),
    "Query.lost": () => Promise.resolve({ id: "i-1" }),
    "Query.refused": () => Promise.reject(new LedgerError({ code: "NOT_FOUND", field: "id", params: { id: "i-9" }, message: "no incident i-9" })),
    "Query.broken": () => Promise.reject(new Error("SQLITE_ERROR: no such table: incidents; SELECT * FROM incidents")),
    "Query.brokenLater": () => undefined,
    "Query.held": async () => {
      ask();
      await released;
      return "released";
    },
    "Mutation.note": (_source, { text }) => text,
    "Incident.services": () => [{ id: "protocollo", name: "Protocollo" }],
  };
  for (const [place, resolve] of Object.entries(resolvers)) fieldOf(schema, place).resolve = resolve;
  const subscribers: Record<string, (args: Record<string, unknown>, context: Context) => AsyncIterable<unknown>> = {
    counted: ({ from, until, padding }) => counting(counter, { from: Number(from), until: Number(until), padding: Number(padding) }),
    silent: () => silence(running),
    refusedFrom: ({ position }) => {
      throw new LedgerError({ code: "UNKNOWN_POSITION", params: { position: String(position) }, message: "not a position of this ledger" });
    },
    brokenAfter: ({ count }) => breakingAfter(Number(count)),
    who: (_args, context) => once({ actor: context.actor.id }),
  };
  for (const [name, subscribe] of Object.entries(subscribers)) {
    const field = fieldOf(schema, `Subscription.${name}`);
    field.subscribe = (_source: unknown, args: Record<string, unknown>, context: Context) => subscribe(args, context);
    field.resolve = (payload: unknown) => payload;
  }
  return { schema, hold: { asked, release, running, given: () => counter.given } };
}

function fieldOf(schema: GraphQLSchema, place: string) {
  const [typeName = "", fieldName = ""] = place.split(".");
  const type = schema.getType(typeName);
  const field = type !== undefined && "getFields" in type ? type.getFields()[fieldName] : undefined;
  if (field === undefined || !("resolve" in field)) throw new Error(`no field ${place}`);
  return field;
}

function incident(id: string): object {
  return { id, title: `Disservizio ${id}`, status: "OPEN" };
}

function connection({ first, window }: Record<string, unknown>): object {
  const nodes = Array.from({ length: Number(first) }, (_, index) => ({ ...incident(`i-${index + 1}`), window: JSON.stringify(window) }));
  return { nodes, edges: nodes.map((node) => ({ cursor: "c", node })), pageInfo: { hasNextPage: false } };
}

async function* counting(counter: { given: number }, { from, until, padding }: { readonly from: number; readonly until: number; readonly padding: number }): AsyncGenerator {
  for (let number = from + 1; number <= until; number += 1) {
    counter.given += 1;
    yield await Promise.resolve({ number, padding: "x".repeat(padding) });
  }
}
async function* once(value: unknown): AsyncGenerator {
  yield await Promise.resolve(value);
}
async function* breakingAfter(count: number): AsyncGenerator {
  yield* counting({ given: 0 }, { from: 0, until: count, padding: 0 });
  throw new Error("EIO: the disk under /var/lib/ledger went away");
}

/** Runs until it is ended from outside. */
function silence(running: Set<string>): AsyncIterableIterator<unknown> {
  const name = `silent-${running.size + 1}`;
  running.add(name);
  let end: (result: IteratorResult<unknown>) => void = () => undefined;
  const ended = new Promise<IteratorResult<unknown>>((resolve) => (end = resolve));
  return {
    next: () => ended,
    return: () => {
      running.delete(name);
      end({ done: true, value: undefined });
      return ended;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
