import { expect } from "chai";
import fc from "fast-check";
import { buildSchema, getIntrospectionQuery, getOperationAST, GraphQLError, parse, type OperationDefinitionNode } from "graphql";
import { LedgerError } from "../../src/kernel/errors.js";
import { QUERY_LIMITS, QueryGate, type QueryLimits } from "../../src/graphql/limits.js";
import { QueryCosts } from "../../src/graphql/limits-cost.js";
import { shapeOf } from "../../src/graphql/limits-shape.js";
import { exceedsTokens } from "../../src/graphql/limits-tokens.js";

const SCHEMA = buildSchema(`
  type Query {
    incidents(first: Int! = 20, after: String): IncidentConnection!
    incident(id: ID!): Incident
    impactReport(bodyId: ID!): Incident
    bodies(first: Int): BodyConnection!
    ratio: Float
  }
  type IncidentConnection { nodes: [Incident!]! edges: [IncidentEdge!]! pageInfo: PageInfo! }
  type IncidentEdge { cursor: String! node: Incident! }
  type BodyConnection { nodes: [Body!]! }
  type PageInfo { hasNextPage: Boolean! }
  type Incident { id: ID! title: String! services: [Service!]! parent: Incident bodies(first: Int! = 10): BodyConnection! }
  type Service { id: ID! name: String! }
  type Body { id: ID! incidents(first: Int! = 20): IncidentConnection! }
`);
const WEIGHTS = new Map([["Query.impactReport", 100]]);

describe("limits of queries", () => {
  describe("shape", () => {
    it("counts depth, aliases and selections with fragments written out", () => {
      expect(shapeIn("{ incident(id: \"a\") { id parent { title } } }")).to.deep.equal({ depth: 3, aliases: 0, selections: 4 });
      expect(shapeIn("{ a: incident(id: \"a\") { ...F } b: incident(id: \"b\") { ... on Incident { ...F } } } fragment F on Incident { x: id parent { id } }"))
        .to.deep.equal({ depth: 3, aliases: 4, selections: 11 });
    });

    it("looks only at the operation that is meant", () => {
      const document = parse("query A { ratio } query B { incident(id: \"a\") { parent { parent { id } } } }");
      expect(shapeOf(document, operationIn(document, "A")).depth).to.equal(1);
      expect(shapeOf(document, operationIn(document, "B")).depth).to.equal(4);
    });

    it("measures fragments that double 60 times without writing them out", () => {
      const doubling = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Incident { parent { ...F${n + 1} } x: parent { ...F${n + 1} } }`).join("\n");
      const shape = shapeIn(`{ incident(id: "a") { ...F0 } } ${doubling} fragment F60 on Incident { id }`);
      expect(shape.depth).to.equal(62);
      expect(shape.aliases).to.be.above(2 ** 59);
    });

    it("ends on fragments that lead back to themselves", () => {
      expect(shapeIn("{ incident(id: \"a\") { ...F } } fragment F on Incident { parent { ...F } }").depth).to.equal(2);
      expect(shapeIn("{ incident(id: \"a\") { ...Unknown } }")).to.deep.equal({ depth: 1, aliases: 0, selections: 2 });
    });

    it("gives a fragment spread the shape of its text in place (law)", () => {
      const fields = fc.letrec<{ set: string }>((tie) => ({
        set: fc.array(fc.oneof({ maxDepth: 5 }, fc.constant("id"), fc.constant("t: title"), tie("set").map((inner) => `parent ${inner}`)), { minLength: 1, maxLength: 4 })
          .map((parts) => `{ ${parts.join(" ")} }`),
      })).set;
      fc.assert(fc.property(fields, (set) => {
        const inline = shapeIn(`{ incident(id: "a") ${set} }`);
        const spread = shapeIn(`{ incident(id: "a") { ...F } } fragment F on Incident ${set}`);
        expect({ ...spread, selections: spread.selections - 1 }).to.deep.equal(inline);
      }));
    });
  });

  describe("cost", () => {
    const CASES: readonly (readonly [query: string, cost: number, variables?: Record<string, unknown>])[] = [
      ["{ ratio }", 0],
      ["{ incident(id: \"a\") { id title } }", 1],
      ["{ incident(id: \"a\") { parent { parent { id } } } }", 3],
      // 1 + 5 × (edge + node)
      ["{ incidents(first: 5) { edges { node { id } } } }", 11],
      ["{ incidents(first: 5) { nodes { id } pageInfo { hasNextPage } } }", 11],
      // The default of the schema: 20
      ["{ incidents { nodes { id } } }", 21],
      // No default and none given: 20
      ["{ bodies { nodes { id } } }", 21],
      ["query($n: Int) { bodies(first: $n) { nodes { id } } }", 4, { n: 3 }],
      ["query($n: Int) { bodies(first: $n) { nodes { id } } }", 21, { n: null }],
      // Pages are never longer than 200, and never shorter than nothing
      ["{ bodies(first: 1000000) { nodes { id } } }", 201],
      ["{ bodies(first: -5) { nodes { id } } }", 1],
      // Lists without pages: 10 assumed
      ["{ incident(id: \"a\") { services { id } } }", 11],
      ["{ incidents(first: 3) { nodes { services { id } } } }", 34],
      ["{ incidents(first: 2) { nodes { bodies(first: 4) { nodes { id } } } } }", 13],
      ["{ impactReport(bodyId: \"lecco\") { id } }", 101],
      ["query($x: Boolean!) { incidents(first: 5) @include(if: $x) { nodes { id } } }", 6, { x: true }],
      ["query($x: Boolean!) { incidents(first: 5) @include(if: $x) { nodes { id } } }", 0, { x: false }],
      ["query($x: Boolean!) { ...F @skip(if: $x) } fragment F on Query { incident(id: \"a\") { id } }", 0, { x: true }],
      [getIntrospectionQuery(), 0],
    ];
    for (const [query, cost, variables = {}] of CASES) {
      it(`of ${query.trim().slice(0, 80)} ${JSON.stringify(variables)} is ${cost}`, () => {
        const document = parse(query);
        const costs = new QueryCosts(SCHEMA, WEIGHTS);
        for (let time = 0; time < 2; time += 1) expect(costs.costOf(document, operationIn(document), variables)).to.equal(cost);
      });
    }

    it("is worked out anew for other values of the variables that matter, and only those", () => {
      const document = parse("query($n: Int, $id: ID!, $x: Boolean = true) { bodies(first: $n) { nodes { id } } ...F } fragment F on Query { incident(id: $id) @include(if: $x) { id } }");
      const costs = new QueryCosts(SCHEMA, WEIGHTS);
      const operation = operationIn(document);
      expect(costs.costOf(document, operation, { n: 2, id: "a" })).to.equal(4);
      expect(costs.costOf(document, operation, { n: 2, id: "b" })).to.equal(4);
      expect(costs.costOf(document, operation, { n: 9, id: "b" })).to.equal(11);
      expect(costs.costOf(document, operation, { n: 9, id: "b", x: false })).to.equal(10);
      for (let n = 0; n < 200; n += 1) expect(costs.costOf(document, operation, { n, id: "b" })).to.equal(n + 2);
    });

    it("is refused where variables do not fit their types, so that none slips past", () => {
      const document = parse("query($n: Int) { bodies(first: $n) { nodes { id } } incidents(first: 5) { nodes { id } } }");
      const costs = new QueryCosts(SCHEMA, WEIGHTS);
      expect(() => costs.costOf(document, operationIn(document), { n: "many" })).to.throw(GraphQLError, /\$n/);
    });

    it("refuses a null that would switch off one field and leave the rest uncounted", () => {
      const document = parse("query($n: Int) { incidents(first: $n) { nodes { id } } }");
      const costs = new QueryCosts(SCHEMA, WEIGHTS);
      expect(() => costs.costOf(document, operationIn(document), { n: null })).to.throw(GraphQLError);
    });
  });

  describe("tokens", () => {
    it("are counted by GraphQL's lexer", () => {
      expect(exceedsTokens("{a,b # comment with many words\n}", 4)).to.equal(false);
      expect(exceedsTokens("{a,b # comment with many words\n}", 3)).to.equal(true);
      expect(exceedsTokens("{ \" unterminated", 2)).to.equal(false);
    });

    it("agree with the parser about where the limit is (law)", () => {
      fc.assert(fc.property(fc.array(fc.constantFrom("a", "b(x: 1)", "c: d", "\"\"\"text\"\"\"", "...F"), { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), (parts, limit) => {
        const text = `{ ${parts.join(" ")} }`;
        let isTooLong = false;
        try {
          parse(text, { maxLexicalTokens: limit });
        } catch (error) {
          isTooLong = error instanceof GraphQLError && error.message.includes("tokens");
        }
        // The parser may find a syntax error before it reaches the limit.
        if (isTooLong) expect(exceedsTokens(text, limit)).to.equal(true);
        if (!exceedsTokens(text, limit)) expect(isTooLong).to.equal(false);
      }));
    });
  });

  describe("the gate", () => {
    const limits: QueryLimits = { tokens: 60, depth: 4, aliases: 2, selections: 12, cost: 50 };
    const gate = new QueryGate(SCHEMA, WEIGHTS, limits);
    const within = [
      "{ incident(id: \"a\") { parent { parent { id } } } }",
      "{ a: ratio b: ratio }",
      "{ incidents(first: 49) { nodes { id } } }",
    ];
    for (const query of within) it(`lets pass what has exactly the limit: ${query}`, () => expect(problemsOf(gate, query)).to.deep.equal([]));

    const beyond: readonly (readonly [query: string, limitOn: string, limit: number, actual: number | string])[] = [
      ["{ incident(id: \"a\") { parent { parent { parent { id } } } } }", "depth", 4, 5],
      ["{ a: ratio b: ratio c: ratio }", "aliases", 2, 3],
      [`{ ${"ratio ".repeat(13)} }`, "selections", 12, 13],
      ["{ incidents(first: 50) { nodes { id } } }", "cost", 50, 51],
      [`{ ${"ratio ".repeat(59)} }`, "tokens", 60, "more than 60"],
    ];
    for (const [query, limitOn, limit, actual] of beyond) {
      it(`refuses what is beyond the limit on ${limitOn}, with the limit and the actual value`, () => {
        const [refusal, ...others] = problemsOf(gate, query);
        expect(others).to.deep.equal([]);
        expect(refusal).to.be.instanceOf(LedgerError).and.to.deep.include({ code: "QUERY_TOO_COMPLEX", params: { limitOn, limit, actual } });
        expect(refusal).to.have.property("message").that.contains(String(limit)).and.contains(String(actual));
      });
    }

    it("says of what is no GraphQL that it is none", () => {
      expect(problemsOf(gate, "{ ratio")[0]).to.be.instanceOf(GraphQLError).and.to.have.property("message").that.matches(/Syntax Error/);
    });

    it("says all that does not fit the schema, the second time as well", () => {
      const document = gate.parse("{ ratioo incidentss { nodes { id } } }");
      for (let time = 0; time < 2; time += 1) expect(gate.problemsOf(document, operationIn(document), {})).to.have.length(2);
    });

    it("validates what no operation was named in, too", () => {
      const document = gate.parse("query A { ratio } query B { ratioo }");
      expect(gate.problemsOf(document, undefined, {})).to.have.length(1);
    });

    it("refuses what is too large to be validated for its size", () => {
      expect(problemsOf(new QueryGate(SCHEMA, WEIGHTS), `{ ${"ratio ".repeat(3_000)} }`)[0]).to.have.property("code", "QUERY_TOO_COMPLEX");
    });
  });

  it("by default let the usual introspection query pass, whole", () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true });
    expect(problemsOf(new QueryGate(SCHEMA, WEIGHTS, QUERY_LIMITS), query)).to.deep.equal([]);
  });
});

function operationIn(document: ReturnType<typeof parse>, name?: string): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (operation === null || operation === undefined) throw new Error("no such operation");
  return operation;
}
function shapeIn(query: string) {
  const document = parse(query);
  return shapeOf(document, operationIn(document));
}
function problemsOf(gate: QueryGate, query: string): readonly Error[] {
  try {
    const document = gate.parse(query);
    return gate.problemsOf(document, getOperationAST(document) ?? undefined, {});
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}
