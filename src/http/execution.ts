import {
  execute, getNamedType, getVariableValues, GraphQLError, isAbstractType, isInputObjectType, Kind, OperationTypeNode, TypeInfo, visit, visitWithTypeInfo,
  type ASTVisitor, type DocumentNode, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode, type TypeNode,
} from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import type { Context } from "../graphql/context.js";
import type { Variables } from "../graphql/limits-cost.js";
import { wholeErrors } from "./compiled-errors.js";

/** A valid operation with what it runs on. */
export interface Execution {
  readonly document: DocumentNode;
  /** Undefined where the request does not say which of several it means. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  readonly context: Context;
}

/**
 * Runs operations: plain queries compiled to code, the rest by graphql-js. What was compiled is kept as long as its document is. Seen with
 * graphql-jit 0.8.9, and why the rest is not compiled: a variable that is left out within an object literal becomes null instead of absent; the
 * type of an object that cannot be told, after a promise, is an unhandled rejection instead of an error; `@oneOf` is not checked in variables, where a
 * required field of an input object is said to be missing although it has a default, and so is a variable whose default is such an object.
 * Variables are therefore always checked by graphql-js, whose messages are the better ones as well.
 */
export class Executor {
  readonly #schema: GraphQLSchema;
  readonly #compiled = new WeakMap<OperationDefinitionNode, CompiledQuery | "not plain">();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  async run({ document, operation, operationName, variables, context }: Execution): Promise<ExecutionResult> {
    if (operation === undefined) return { errors: [ambiguous(operationName)] };
    const { errors } = getVariableValues(this.#schema, operation.variableDefinitions ?? [], variables, { maxErrors: 50 });
    if (errors !== undefined) return { errors };
    const compiled = this.#compile(document, operation);
    if (compiled !== "not plain") return whole(await compiled.query(undefined, context, variables), document);
    return execute({ schema: this.#schema, document, operationName, variableValues: variables, contextValue: context });
  }

  #compile(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | "not plain" {
    const kept = this.#compiled.get(operation);
    if (kept !== undefined) return kept;
    const compiled = isPlain(this.#schema, document, operation) ? compileQuery(this.#schema, document, operation.name?.value) : undefined;
    const result = compiled !== undefined && isCompiledQuery(compiled) ? compiled : "not plain";
    this.#compiled.set(operation, result);
    return result;
  }
}

function whole(result: ExecutionResult, document: DocumentNode): ExecutionResult {
  return result.errors === undefined ? result : { ...result, errors: wholeErrors(result.errors, document) };
}

/** A query without interfaces and unions, without directives, without variables that are input objects or stand inside literals, in its fragments too. */
function isPlain(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
  let plain = operation.operation === OperationTypeNode.QUERY;
  let literals = 0;
  const types = new TypeInfo(schema);
  const visitor: ASTVisitor = {
    enter(node) {
      if (node.kind === Kind.OBJECT || node.kind === Kind.LIST) literals += 1;
      if (node.kind === Kind.DIRECTIVE || (node.kind === Kind.VARIABLE && literals > 0)) plain = false;
      if (node.kind === Kind.VARIABLE_DEFINITION && isInputObjectType(schema.getType(namedIn(node.type)))) plain = false;
      const field = node.kind === Kind.FIELD ? types.getFieldDef() : undefined;
      if (field !== undefined && field !== null && isAbstractType(getNamedType(field.type))) plain = false;
    },
    leave(node) {
      if (node.kind === Kind.OBJECT || node.kind === Kind.LIST) literals -= 1;
    },
  };
  visit(document, visitWithTypeInfo(types, visitor));
  return plain;
}

function namedIn(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedIn(type.type);
}

function ambiguous(operationName: string | undefined): GraphQLError {
  return new GraphQLError(
    operationName === undefined
      ? "the document has several operations: say with `operationName` which one is meant"
      : `the document has no operation named ${JSON.stringify(operationName)}`,
  );
}
