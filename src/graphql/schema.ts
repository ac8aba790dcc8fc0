import {
  buildASTSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType, isSpecifiedScalarType, isUnionType, valueFromAST,
  type GraphQLArgument, type GraphQLInputField, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema,
} from "graphql";
import { giveDomainWords } from "./enums.js";
import { RESOLVERS, SUBSCRIBERS } from "./resolvers/index.js";
import type { FieldResolvers } from "./resolvers/resolver.js";
import { giveScalarRules } from "./scalars.js";
import { readSchemaFiles } from "./schema-files.js";

/**
 * The schema of `schema/*.graphql` with its resolvers: plain functions on the fields, for graphql-js and graphql-jit alike. Fields without a
 * resolver read the property of their name. Throws TypeError where a resolver has no field, or a scalar no rules.
 */
export function loadSchema(): GraphQLSchema {
  const schema = buildASTSchema(readSchemaFiles());
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  for (const type of types) {
    if (isScalarType(type) && !isSpecifiedScalarType(type)) giveScalarRules(type);
    if (isEnumType(type)) giveDomainWords(type);
    if (isInterfaceType(type) || isUnionType(type)) type.resolveType = typenameOf;
  }
  for (const input of defaultsIn(types)) input.defaultValue = input.astNode?.defaultValue && valueFromAST(input.astNode.defaultValue, input.type);
  for (const [name, fields] of Object.entries(RESOLVERS)) attach(objectType(schema, name), fields);
  attachSubscribers(objectType(schema, "Subscription"));
  return schema;
}

/** All that may have a default, which was read before enums and scalars had their rules: the fields of inputs first, as defaults of arguments hold them. */
function defaultsIn(types: readonly GraphQLNamedType[]): readonly (GraphQLInputField | GraphQLArgument)[] {
  const inputs = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));
  const fields = [...types.filter(isObjectType), ...types.filter(isInterfaceType)].flatMap((type) => Object.values(type.getFields()));
  return [...inputs, ...fields.flatMap(({ args }) => args)];
}

/** Objects of abstract types say themselves what they are. */
function typenameOf(value: { readonly __typename?: string }): string | undefined {
  return value.__typename;
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (isObjectType(type)) return type;
  throw new TypeError(`there are resolvers for ${name}, which is no object type of the schema`);
}

function fieldOf(type: GraphQLObjectType, name: string) {
  const field = type.getFields()[name];
  if (field === undefined) throw new TypeError(`there is a resolver for ${type.name}.${name}, which the schema does not have`);
  return field;
}

function attach(type: GraphQLObjectType, fields: FieldResolvers): void {
  for (const [name, resolve] of Object.entries(fields)) fieldOf(type, name).resolve = resolve;
}

function attachSubscribers(type: GraphQLObjectType): void {
  for (const [name, subscribe] of Object.entries(SUBSCRIBERS)) {
    const field = fieldOf(type, name);
    field.subscribe = subscribe;
    field.resolve = (payload: unknown) => payload;
  }
}
