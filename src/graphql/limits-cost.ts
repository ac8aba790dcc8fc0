import { getNamedType, getNullableType, isCompositeType, isListType, Kind, visit, type ASTNode, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { getComplexity, type ComplexityEstimatorArgs } from "graphql-query-complexity/cjs";
import { PAGE_CAP } from "../readmodel/known-ledger.js";

/** Objects assumed in a list that is not paged: the disruptions of an incident, the services of a body. */
const ASSUMED_LENGTH = 10;
/** Pages assumed where `first` is neither given nor has a default. */
const ASSUMED_PAGE = 20;
/** Most costs kept for one operation with different values of the variables that matter. */
const KEPT_COSTS = 64;
/** Far above what the limit on selections lets through. */
const MAX_NODES = 1_000_000;

/** Variables by name, as they came with the request: not yet coerced. */
export type Variables = Readonly<Record<string, unknown>>;

/** The costs of one schema's operations, kept by document as long as the document itself is kept. */
export class QueryCosts {
  readonly #schema: GraphQLSchema;
  readonly #weights: ReadonlyMap<string, number>;
  readonly #byOperation = new WeakMap<OperationDefinitionNode, OperationCosts>();

  /** `weights`: what a field costs beside the objects it answers, by "Type.field". */
  constructor(schema: GraphQLSchema, weights: ReadonlyMap<string, number>) {
    this.#schema = schema;
    this.#weights = weights;
  }

  /**
   * How many objects the answer to an operation may hold, plus the weights of its fields. A page counts its `first`, other lists are assumed to be
   * short, scalars count nothing, nor does introspection. Throws GraphQLError if the variables do not fit their types.
   */
  costOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
    const costs = this.#costsOf(document, operation);
    const key = keyOf(costs.decisive, variables);
    if (key === undefined) return this.#compute(document, operation, variables);
    const known = costs.byVariables.get(key);
    if (known !== undefined) return known;
    const cost = this.#compute(document, operation, variables);
    if (costs.byVariables.size >= KEPT_COSTS) costs.byVariables.clear();
    costs.byVariables.set(key, cost);
    return cost;
  }

  #costsOf(document: DocumentNode, operation: OperationDefinitionNode): OperationCosts {
    const kept = this.#byOperation.get(operation);
    if (kept !== undefined) return kept;
    const costs = { decisive: decisiveVariables(document), byVariables: new Map<string, number>() };
    this.#byOperation.set(operation, costs);
    return costs;
  }

  #compute(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
    const only = document.definitions.filter((node) => node.kind !== Kind.OPERATION_DEFINITION || node === operation);
    return getComplexity({
      schema: this.#schema,
      query: { ...document, definitions: only },
      variables: { ...variables },
      estimators: [(field) => this.#estimate(field)],
      maxQueryNodes: MAX_NODES,
    });
  }

  #estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
    if (type.name.startsWith("__") || field.name.startsWith("__")) return 0;
    if (!isCompositeType(getNamedType(field.type))) return 0;
    const weight = this.#weights.get(`${type.name}.${field.name}`) ?? 0;
    const first: unknown = args["first"];
    if (field.args.some((argument) => argument.name === "first")) return weight + 1 + pageLength(first) * childComplexity;
    // The list within a page was counted by the page's `first`.
    const isList = isListType(getNullableType(field.type)) && !type.name.endsWith("Connection");
    return weight + (isList ? ASSUMED_LENGTH : 1) * (1 + childComplexity);
  }
}

interface OperationCosts {
  /** Names of the variables on which the cost depends. */
  readonly decisive: readonly string[];
  readonly byVariables: Map<string, number>;
}

/** The values that decide, as a text; undefined if one is no number, text or truth value, and so fits no type that decides (it may be of any depth). */
function keyOf(decisive: readonly string[], variables: Variables): string | undefined {
  const values = decisive.map((name) => [name in variables, variables[name]] as const);
  return values.some(([, value]) => typeof value === "object" && value !== null) ? undefined : JSON.stringify(values);
}

function pageLength(first: unknown): number {
  return typeof first === "number" ? Math.min(Math.max(first, 0), PAGE_CAP) : ASSUMED_PAGE;
}

/** The variables that are used in `first` or in a directive (`@include`, `@skip`), anywhere in the document. */
function decisiveVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const collect = (node: ASTNode): void => {
    visit(node, { Variable: ({ name }) => void names.add(name.value) });
  };
  visit(document, {
    Argument: (node) => {
      if (node.name.value === "first") collect(node.value);
    },
    Directive: collect,
  });
  return [...names];
}
