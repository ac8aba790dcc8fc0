import type { z } from "zod";
import type { Refusal } from "../kernel/errors.js";
import type { Json } from "../kernel/json.js";
import { complaintOf } from "./complaint.js";
import { isQuotable, plain } from "./quoting.js";

type Issue = z.core.$ZodIssue;

/**
 * A schema's first complaint about `input` as a refusal that a person can act on: the field, the value it has (clipped), and what it may be.
 * `params` carry `value` and, for a closed list, `allowed`. Without `input` the value is left out.
 */
export function refusalOf(error: z.ZodError, input?: unknown): Refusal {
  const issue = deepest(tightest(error.issues));
  const field = fieldOf(issue);
  if (issue === undefined) return { code: "INVALID_INPUT", message: "the input cannot be read" };
  const value = valueAt(input, issue.path);
  const { sentence, allowed } = complaintOf(issue, value);
  const params: { [name: string]: Json } = { ...(isQuotable(value) && { value: plain(value) }), ...(allowed !== undefined && { allowed }) };
  const named = { ...(field !== "" && { field }), ...(Object.keys(params).length > 0 && { params }) };
  return { code: "INVALID_INPUT", message: `${field === "" ? "the input" : field}: ${sentence}`, ...named };
}

/** One thing that is wrong in a document. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  /** `indicators.0.threshold`; empty for the document itself. */
  readonly field: string;
  readonly sentence: string;
}

/** Everything that a schema complains of, in the order of the document's schema. */
export function problemsOf(error: z.ZodError, input: unknown): readonly Problem[] {
  return error.issues.map((each) => {
    const issue = deepest(each) ?? each;
    return { path: issue.path, field: fieldOf(issue), sentence: complaintOf(issue, valueAt(input, issue.path)).sentence };
  });
}

/** The dotted path of what is complained about; the envelope `data` of a command is left out. A field that is not known is named itself. */
function fieldOf(issue: Issue | undefined): string {
  if (issue === undefined) return "";
  const [unknown] = issue.code === "unrecognized_keys" ? issue.keys : [];
  const path = unknown === undefined ? issue.path : [...issue.path, unknown];
  return path.map(String).filter((part, index) => index > 0 || part !== "data").join(".");
}

/** The first complaint; of several bounds that a value passes, the tightest, which its schema names last. */
function tightest(issues: readonly Issue[]): Issue | undefined {
  const [first] = issues;
  const same = (issue: Issue): boolean => issue.code === first?.code && issue.path.join() === first.path.join();
  return first?.code === "too_big" || first?.code === "too_small" ? issues.findLast(same) : first;
}

/** Where a value may have one of several shapes, the complaint of the shape that was meant: of an object's fields if it is an object. */
function deepest(issue: Issue | undefined): Issue | undefined {
  if (issue?.code !== "invalid_union") return issue;
  const meant = issue.errors.flatMap(([first]) => (first === undefined ? [] : [first])).sort((a, b) => depth(b) - depth(a))[0];
  return meant === undefined ? issue : deepest({ ...meant, path: [...issue.path, ...meant.path] });
}

/** How far into the value a shape fits it: a wrong kind of value least, a wrong field in it most. */
function depth(issue: Issue): number {
  return issue.path.length * 2 + (issue.code === "invalid_type" ? 0 : 1);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}
