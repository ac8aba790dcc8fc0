import type { FieldResolvers, Resolver } from "./resolver.js";

/** Resolvers by type and field. */
export const RESOLVERS: Readonly<Record<string, FieldResolvers>> = {};
/** Sources of the subscriptions' events, by field. */
export const SUBSCRIBERS: Readonly<Record<string, Resolver>> = {};
