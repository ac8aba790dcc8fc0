import { buildASTSchema, isEnumType, isInterfaceType, isObjectType, isScalarType, isSpecifiedScalarType, isUnionType, type GraphQLObjectType, type GraphQLSchema } from "graphql";
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
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isScalarType(type) && !isSpecifiedScalarType(type)) giveScalarRules(type);
    if (isEnumType(type)) giveDomainWords(type);
    if (isInterfaceType(type) || isUnionType(type)) type.resolveType = typenameOf;
  }
  for (const [name, fields] of Object.entries(RESOLVERS)) attach(objectType(schema, name), fields);
  attachSubscribers(objectType(schema, "Subscription"));
  return schema;
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
