import { parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { LedgerError } from "../kernel/errors.js";
import { QueryCosts, type Variables } from "./limits-cost.js";
import { shapeOf, type QueryShape } from "./limits-shape.js";
import { exceedsTokens } from "./limits-tokens.js";

/** What one operation may be at most, on HTTP and on the WebSocket alike. */
export interface QueryLimits {
  /** Lexical tokens of the whole document. */
  readonly tokens: number;
  /** Fields one within another; the usual introspection query has 15. */
  readonly depth: number;
  /** Fields under another name, fragments written out. */
  readonly aliases: number;
  /** Fields and fragments, fragments written out. */
  readonly selections: number;
  /** Objects that the answer may hold, and the weights of costly fields (`QueryCosts.costOf`). */
  readonly cost: number;
}
export const QUERY_LIMITS: QueryLimits = { tokens: 4_000, depth: 16, aliases: 30, selections: 1_000, cost: 50_000 };

/** What an operation may not exceed, in words for the person who does. */
const NAMES = {
  tokens: ["tokens", "split it into several requests"],
  depth: ["levels of fields within fields", "ask for the inner objects in a query of their own"],
  aliases: ["aliased fields", "split it into several requests"],
  selections: ["fields and fragments", "ask for fewer fields, or split it into several requests"],
  cost: ["objects that the answer may hold", "ask for smaller pages (`first`), or for fewer objects within objects"],
} as const satisfies Record<keyof QueryLimits, readonly [string, string]>;

/** Looks at operations before they run. One for each schema: what was worked out about a document is kept as long as the document is. */
export class QueryGate {
  readonly limits: QueryLimits;
  readonly #costs: QueryCosts;
  readonly #shapes = new WeakMap<OperationDefinitionNode, QueryShape>();

  constructor(schema: GraphQLSchema, weights: ReadonlyMap<string, number>, limits: QueryLimits = QUERY_LIMITS) {
    this.limits = limits;
    this.#costs = new QueryCosts(schema, weights);
  }

  /** Parses a request's text. Throws LedgerError QUERY_TOO_COMPLEX, or GraphQLError where it is no GraphQL. */
  parse(text: string): DocumentNode {
    try {
      return parse(text, { maxLexicalTokens: this.limits.tokens });
    } catch (error) {
      throw this.tokenProblem(text) ?? error;
    }
  }

  /** Why a text that did not parse has too many tokens; undefined if that is not what is wrong with it. */
  tokenProblem(text: string): LedgerError | undefined {
    return exceedsTokens(text, this.limits.tokens) ? tooComplex("tokens", this.limits.tokens, `more than ${this.limits.tokens}`) : undefined;
  }

  /**
   * Lets a valid operation pass, or throws LedgerError QUERY_TOO_COMPLEX with the limit and the actual value (`params`), or GraphQLError if its
   * variables do not fit their types.
   */
  admit(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): void {
    const shape = this.#shapeOf(document, operation);
    this.#compare("depth", shape.depth);
    this.#compare("aliases", shape.aliases);
    this.#compare("selections", shape.selections);
    this.#compare("cost", this.#costs.costOf(document, operation, variables));
  }

  #compare(name: keyof QueryLimits, actual: number): void {
    const limit = this.limits[name];
    if (actual > limit) throw tooComplex(name, limit, actual);
  }

  #shapeOf(document: DocumentNode, operation: OperationDefinitionNode): QueryShape {
    const kept = this.#shapes.get(operation);
    if (kept !== undefined) return kept;
    const shape = shapeOf(document, operation);
    this.#shapes.set(operation, shape);
    return shape;
  }
}

function tooComplex(name: keyof QueryLimits, limit: number, actual: number | string): LedgerError {
  const [what, advice] = NAMES[name];
  return new LedgerError({
    code: "QUERY_TOO_COMPLEX",
    params: { limitOn: name, limit, actual },
    message: `the query has ${actual} ${what}, and ${limit} are allowed: ${advice}`,
  });
}
