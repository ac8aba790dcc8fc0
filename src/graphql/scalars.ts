import { valueFromASTUntyped, type GraphQLError, type GraphQLScalarType, type ValueNode } from "graphql";
import type { Instant } from "../kernel/brand.js";
import type { Refusal } from "../kernel/errors.js";
import { isJsonObject } from "../kernel/json.js";
import type { Result } from "../kernel/result.js";
import { parseInstant, parseLocalDate } from "../time/text.js";
import type { When } from "../time/when.js";
import { parseZone, ROME } from "../time/zone.js";
import { refusalError } from "./errors.js";

/** What a scalar does with the values of its type. Input is parsed here and trusted from then on; output was ours all along. */
interface ScalarRules {
  readonly parse: (value: unknown) => unknown;
  readonly serialize?: (value: unknown) => unknown;
}

/** The value, or its refusal as an error that keeps its code. */
function accepted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw refusalError(result.refusal);
}

function textual(value: unknown, expected: string): string {
  if (typeof value === "string") return value;
  throw wrong(value, expected);
}
function wrong(value: unknown, expected: string, code: Refusal["code"] = "INVALID_INPUT"): GraphQLError {
  const shown = JSON.stringify(value);
  return refusalError({ code, params: { value: shown.slice(0, 100) }, message: `${shown.slice(0, 100)} is not ${expected}` });
}

function instantOf(value: unknown): Instant {
  return accepted(parseInstant(textual(value, "a time; write it as a text like 2019-09-25T08:10:00+02:00")));
}

function whenOf(value: unknown): When {
  if (!isJsonObject(value)) return instantOf(value);
  const { earliest, latest, ...more } = value;
  if (earliest === undefined || latest === undefined || Object.keys(more).length > 0) {
    throw wrong(value, "a time; write an instant, or an object of both `earliest` and `latest`", "INVALID_TIME");
  }
  const band = { earliest: instantOf(earliest), latest: instantOf(latest) };
  if (band.earliest > band.latest) throw wrong(value, "a time: its `earliest` lies after its `latest`", "INVALID_TIME");
  return band.earliest === band.latest ? band.earliest : band;
}

/** A date is checked here and stays text, as it is an instant only together with the zone beside it. */
function localDateOf(value: unknown): string {
  const text = textual(value, "a date; write it as a text like 2019-10-01").trim();
  accepted(parseLocalDate(text, ROME));
  return text;
}

function safeIntOf(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw wrong(value, "a whole number between −(2⁵³ − 1) and 2⁵³ − 1");
}

/** RFC 3339 in UTC, without milliseconds where there are none. */
export function instantText(value: unknown): string {
  if (typeof value !== "number") throw new TypeError("an instant that is no number");
  const text = new Date(value).toISOString();
  return value % 1000 === 0 ? `${text.slice(0, 19)}Z` : text;
}

const RULES: Readonly<Record<string, ScalarRules>> = {
  Instant: { parse: instantOf, serialize: instantText },
  LocalDate: { parse: localDateOf },
  WhenInput: { parse: whenOf },
  TimeZone: { parse: (value) => accepted(parseZone(textual(value, "an IANA time zone; write it like Europe/Rome"))) },
  Position: { parse: (value) => textual(value, "a position; give one that an earlier answer gave") },
  SafeInt: { parse: safeIntOf },
  JSON: { parse: (value) => value },
};

/** Gives a scalar of the SDL what it does. Throws TypeError for one that has no rules here. */
export function giveScalarRules(type: GraphQLScalarType): void {
  const rules = RULES[type.name];
  if (rules === undefined) throw new TypeError(`the schema has a scalar ${type.name} that the program does not know`);
  const { parse } = rules;
  type.parseValue = parse;
  type.parseLiteral = (node: ValueNode, variables) => parse(valueFromASTUntyped(node, variables));
  type.serialize = rules.serialize ?? ((value) => value);
}
