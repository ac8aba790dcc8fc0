import { expect } from "chai";
import { execute, getIntrospectionQuery, getOperationAST, parse, validate, type ExecutionResult } from "graphql";
import { Executor } from "../../src/http/execution.js";
import { serve, type Served } from "./served.js";
import { createContext, unverified } from "../../src/graphql/context.js";
import { actorId } from "../../src/kernel/brand.js";
import { standInSchema } from "./stand-in.js";

/** Queries that the compiler takes and queries that it must not be given; graphql-js says what is right. */
const QUERIES: readonly (readonly [query: string, variables?: Record<string, unknown>])[] = [
  ["{ actor }"],
  ["{ incidents(first: 2) { nodes { id title services { id name } } edges { cursor node { status } } pageInfo { hasNextPage } } }"],
  ["query($n: Int!) { incidents(first: $n) { nodes { id } } }", { n: 3 }],
  ["query($n: Int!) { incidents(first: $n) { nodes { id } } }", { n: "3" }],
  ["query($n: Int!) { incidents(first: $n) { nodes { id } } }", {}],
  ["query($n: Int = 2) { incidents(first: $n) { nodes { id } } }", {}],
  ["query($s: [Status!]) { incidents(first: 1, status: $s) { nodes { id } } }", { s: "OPEN" }],
  ["query($s: [Status!]) { incidents(first: 1, status: $s) { nodes { id } } }", { s: ["SHUT"] }],
  ["query($w: Window) { incidents(first: 1, window: $w) { nodes { window } } }", { w: { to: 7 } }],
  ["query($w: Window) { incidents(first: 1, window: $w) { nodes { window } } }", { w: { from: null } }],
  ["query($w: Window) { incidents(first: 1, window: $w) { nodes { window } } }", { w: { until: 7 } }],
  // Required fields that have a default; compiled, they would be missing.
  ["query($w: Window! = { to: 7 }) { incidents(first: 1, window: $w) { nodes { window } } }", {}],
  ["query($w: [Window!]) { incidents(first: 1, windows: $w) { nodes { window } } }", { w: [{ to: 7 }] }],
  // A variable that is left out within a literal is absent and lets the default hold; compiled, it would be null.
  ["query($f: Int) { incidents(first: 1, window: { from: $f }) { nodes { window } } }", {}],
  ["query($f: Int) { incidents(first: 1, window: { from: $f }) { nodes { window } } }", { f: 9 }],
  ["query($x: Boolean!) { actor @skip(if: $x) ...More @include(if: $x) } fragment More on Query { incident(id: \"a\") { id } }", { x: true }],
  ["query($x: Boolean!) { actor @skip(if: $x) ...More @include(if: $x) } fragment More on Query { incident(id: \"a\") { id } }", { x: false }],
  ["{ a: incident(id: \"a\") { ...I } b: incident(id: \"b\") { ...I services { name } } } fragment I on Incident { id services { id } }"],
  ["{ found(words: \"posta\") { __typename ... on Incident { id } ... on Service { name } } }"],
  ["{ lost { __typename } actor }"],
  ["{ refused actor }"],
  ["{ broken }"],
  ["{ brokenLater { id } }"],
  ["mutation { a: note(text: \"1\") b: note(text: \"2\") }"],
  [getIntrospectionQuery()],
];

describe("running operations", () => {
  const { schema } = standInSchema();
  const executor = new Executor(schema);
  let served: Served;
  before(async () => (served = await serve()));
  after(() => served.end());

  for (const [query, variables = {}] of QUERIES) {
    it(`answers as graphql-js does: ${query.trim().slice(0, 70)} ${JSON.stringify(variables)}`, async () => {
      const document = parse(query);
      expect(validate(schema, document)).to.deep.equal([]);
      const operation = getOperationAST(document) ?? undefined;
      const contextValue = createContext(served.services, { actor: unverified(actorId("lead-body")) });
      const right = await execute({ schema, document, variableValues: variables, contextValue });
      for (let time = 0; time < 2; time += 1) {
        const answer = await executor.run({ document, operation, operationName: undefined, variables, context: contextValue });
        expect(shown(answer)).to.deep.equal(shown(right));
      }
    });
  }
});

/** What of a result goes out. */
function shown({ data, errors = [] }: ExecutionResult): unknown {
  const plain: unknown = JSON.parse(JSON.stringify({ data, errors: errors.map((error) => [error.message.replaceAll('"', ""), error.path, error.locations, error.originalError?.message]) }));
  return plain;
}
