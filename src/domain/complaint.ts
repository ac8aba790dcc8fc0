import type { z } from "zod";
import { isQuotable, listed, quoted } from "./quoting.js";

type Issue = z.core.$ZodIssue;
type Bound = Extract<Issue, { code: "too_small" | "too_big" }>;

/** What is wrong with a value, as a clause that goes after the name of its field, and the values allowed where they are a closed list. */
export interface Complaint {
  readonly sentence: string;
  readonly allowed?: readonly string[];
}

/** Kinds of value, in words. Those not named here keep the schema's own word. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["int", "a whole number"], ["number", "a number"], ["string", "a text"], ["boolean", "true or false"], ["array", "a list"], ["object", "an object"],
]);

/** A schema's complaint in words; `value` is what was sent there, undefined for nothing. */
export function complaintOf(issue: Issue, value: unknown): Complaint {
  switch (issue.code) {
    case "invalid_type":
      return { sentence: wrongKind(issue.expected, value) };
    case "too_small":
    case "too_big":
      return { sentence: outOfBounds(issue, value) };
    case "invalid_value":
      return oneOf(issue.values.map(String), value);
    case "invalid_union":
      return oneOf(optionsOf(issue), value);
    case "unrecognized_keys":
      return { sentence: "no such field is known here; check its spelling, or leave it out" };
    case "custom":
    case "invalid_format":
    case "invalid_key":
    case "invalid_element":
    case "not_multiple_of":
      return { sentence: ownWords(issue.message, value) };
  }
}

/** A schema's own message: "not a body id" says what the value is not, anything else is a sentence by itself. */
function ownWords(message: string, value: unknown): string {
  if (!message.startsWith("not ")) return message;
  if (value === undefined) return `it is missing; give ${message.slice("not ".length)}`;
  return `${isQuotable(value) ? quoted(value) : "this"} is ${message}`;
}

function wrongKind(expected: string, value: unknown): string {
  const kind = KINDS.get(expected) ?? expected;
  if (value === undefined) return `it is missing; give ${kind}`;
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) return `${String(value)} is not a text; write it in quotes`;
  return isQuotable(value) ? `${quoted(value)} is not ${kind}` : `${Array.isArray(value) ? "a list" : "an object"} stands where ${kind} is expected`;
}

function outOfBounds(issue: Bound, value: unknown): string {
  const [word, bound] = issue.code === "too_small" ? ["least", issue.minimum] : ["most", issue.maximum];
  if (issue.origin === "string") {
    return value === "" ? "it is empty; write something" : `it has ${lengthOf(value)} characters; it takes at ${word} ${bound}`;
  }
  if (issue.origin === "array") return `the list has ${lengthOf(value)} entries; it takes at ${word} ${bound}`;
  return `${isQuotable(value) ? quoted(value) : "the number"} is too ${issue.code === "too_small" ? "small" : "large"}; the ${word} is ${bound}`;
}

function lengthOf(value: unknown): string {
  return typeof value === "string" || Array.isArray(value) ? value.length.toString() : "too many or too few";
}

function oneOf(allowed: readonly string[], value: unknown): Complaint {
  const given = value === undefined ? "it is missing" : isQuotable(value) ? `${quoted(value)} is not one of its values` : "this is not one of its values";
  return allowed.length === 0 ? { sentence: given } : { sentence: `${given}; write ${listed(allowed)}`, allowed };
}

/** The names that a union of objects is told apart by. */
function optionsOf(issue: Extract<Issue, { code: "invalid_union" }>): readonly string[] {
  return "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}
