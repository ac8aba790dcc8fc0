import { GraphQLError, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
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

/** Complaints about one document, beyond which no more are looked for. */
const MAX_PROBLEMS = 20;

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
  readonly #schema: GraphQLSchema;
  readonly #validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  readonly #shapes = new WeakMap<OperationDefinitionNode, QueryShape>();

  constructor(schema: GraphQLSchema, weights: ReadonlyMap<string, number>, limits: QueryLimits = QUERY_LIMITS) {
    this.limits = limits;
    this.#schema = schema;
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
   * What keeps an operation from being run; empty if nothing does. LedgerError QUERY_TOO_COMPLEX with the limit and the actual value (`params`), or
   * GraphQLErrors where the document does not fit the schema or the variables do not fit their types. What its text alone shows is looked at before
   * it is validated, because validating is what costs most.
   */
  problemsOf(document: DocumentNode, operation: OperationDefinitionNode | undefined, variables: Variables): readonly Error[] {
    try {
      if (operation !== undefined) this.#measure(document, operation);
      const problems = this.#validate(document);
      if (problems.length > 0 || operation === undefined) return problems;
      this.#compare("cost", this.#costs.costOf(document, operation, variables));
      return [];
    } catch (error) {
      if (error instanceof LedgerError || error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  #measure(document: DocumentNode, operation: OperationDefinitionNode): void {
    const { depth, aliases, selections } = this.#shapeOf(document, operation);
    this.#compare("depth", depth);
    this.#compare("aliases", aliases);
    this.#compare("selections", selections);
  }

  #validate(document: DocumentNode): readonly GraphQLError[] {
    const kept = this.#validated.get(document);
    if (kept !== undefined) return kept;
    const problems = validate(this.#schema, document, specifiedRules, { maxErrors: MAX_PROBLEMS });
    this.#validated.set(document, problems);
    return problems;
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
