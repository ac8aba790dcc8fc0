import canonicalize from "canonicalize";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * RFC 8785 canonical JSON: one value has one text, so that a digest taken over any store is the same.
 * Properties that are `undefined` are left out. Throws TypeError for what JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("a value that JSON cannot hold");
  return text;
}
