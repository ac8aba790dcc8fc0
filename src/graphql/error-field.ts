import { TokenKind, type GraphQLError, type Token } from "graphql";

/** graphql-js says where in a variable a value is wrong; the path begins with the variable's name. */
const IN_VARIABLE = / at "([^"]+)"/;
const VARIABLE = /^Variable "\$([^"]+)"/;

/**
 * The part of the request that a complaint of GraphQL about a value is about: `input.occurredAt`, `period.month`. From the message where the
 * value came in a variable, from the tokens before it where it stands in the query itself. Undefined where no value is meant.
 */
export function fieldOfProblem(error: GraphQLError): string | undefined {
  const inVariable = IN_VARIABLE.exec(error.message) ?? VARIABLE.exec(error.message);
  if (inVariable !== null) return withoutInput(inVariable[1] ?? "");
  const start = error.nodes?.[0]?.loc?.startToken;
  const names = start === undefined ? [] : namesAround(start);
  return names.length === 0 ? undefined : withoutInput(names.join("."));
}

/** Commands are told the fields of their `input`, as their refusals are. */
export function withoutInput(field: string): string {
  return field.startsWith("input.") ? field.slice("input.".length) : field;
}

/** The names of the argument and of the input fields that a value stands under, outermost first; none for what is not a value. */
function namesAround(value: Token): readonly string[] {
  const names: string[] = [];
  for (let at: Token | null = value; at !== null; ) {
    const name: Token | null = at.prev?.kind === TokenKind.COLON ? at.prev.prev : null;
    if (name !== null) names.unshift(name.value);
    at = openingAround(name ?? at);
    if (at?.kind === TokenKind.PAREN_L) return names;
  }
  return [];
}

/** The bracket that a token stands in, or null at the top of the document. */
function openingAround(inner: Token): Token | null {
  let closed = 0;
  for (let token = inner.prev; token !== null; token = token.prev) {
    switch (bracketOf(token)) {
      case "closing":
        closed += 1;
        break;
      case "opening":
        if (closed === 0) return token;
        closed -= 1;
        break;
      case "none":
        break;
    }
  }
  return null;
}

const OPENING: readonly string[] = [TokenKind.PAREN_L, TokenKind.BRACKET_L, TokenKind.BRACE_L];
const CLOSING: readonly string[] = [TokenKind.PAREN_R, TokenKind.BRACKET_R, TokenKind.BRACE_R];

function bracketOf({ kind }: Token): "opening" | "closing" | "none" {
  if (OPENING.includes(kind)) return "opening";
  return CLOSING.includes(kind) ? "closing" : "none";
}
