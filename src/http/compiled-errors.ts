import { GraphQLError, type DocumentNode, type SourceLocation } from "graphql";

/**
 * Errors of compiled queries are made without GraphQLError's constructor and lack half of its properties: these are whole. Where nothing was thrown, a
 * resolver gave what its type does not allow (null, say), which graphql-js takes for a mistake of ours and no request's: so do these.
 */
export function wholeErrors(errors: readonly GraphQLError[], document: DocumentNode): readonly GraphQLError[] {
  const source = document.loc?.source;
  return errors.map(({ message, locations, path, originalError }) => new GraphQLError(message, {
    originalError: originalError ?? new Error(message),
    path,
    ...(source !== undefined && { source, positions: (locations ?? []).map((location) => offsetIn(source.body, location)) }),
  }));
}

/** Where in the text a line (from 1) and column (from 1) are. */
function offsetIn(text: string, { line, column }: SourceLocation): number {
  let lineStart = 0;
  const breaks = /\r\n|[\n\r]/g;
  for (let number = 1; number < line && breaks.exec(text) !== null; number += 1) lineStart = breaks.lastIndex;
  return lineStart + column - 1;
}
