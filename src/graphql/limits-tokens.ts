import { Lexer, Source, TokenKind } from "graphql";

/** Whether a text has more than `limit` lexical tokens, by GraphQL's own lexer. Stops after the limit, and at the first thing that is no token. */
export function exceedsTokens(text: string, limit: number): boolean {
  // A token has at least one character.
  if (text.length <= limit) return false;
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 1; count <= limit + 1; count += 1) {
      if (lexer.advance().kind === TokenKind.EOF) return false;
    }
    return true;
  } catch {
    return false;
  }
}
