import type { GraphQLObjectType } from "graphql";

/**
 * How a field gets its value. GraphQL hands in what the schema promises (parsed scalars, the domain's words for enums, defaults filled in), so a
 * resolver states the types of its source and arguments; that they fit the schema is what the tests of each field show.
 */
export type Resolver = NonNullable<ReturnType<GraphQLObjectType["getFields"]>[string]["resolve"]>;
/** Resolvers of one type, by field. */
export type FieldResolvers = Readonly<Record<string, Resolver>>;
