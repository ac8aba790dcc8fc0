import { GraphQLEnumType } from "graphql";

/** Enums whose values are names of the program itself, not words of the domain: they are kept as they are written. */
const VERBATIM: ReadonlySet<string> = new Set(["ErrorCode", "FactKind"]);

/**
 * Makes an enum of the SDL speak the domain's words: `CERTIFIED_EMAIL` outside is `certified-email` inside. The type stays the same object, as other
 * types refer to it.
 */
export function giveDomainWords(type: GraphQLEnumType): void {
  if (VERBATIM.has(type.name)) return;
  const config = type.toConfig();
  const values = Object.entries(config.values).map(([name, value]) => [name, { ...value, value: domainWord(name) }] as const);
  Object.assign(type, new GraphQLEnumType({ ...config, values: Object.fromEntries(values) }));
}

/** `CERTIFIED_EMAIL` as the domain writes it: `certified-email`. */
export function domainWord(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
