import { isJsonObject, type JsonObject } from "../kernel/json.js";
import type { LedgerEventType } from "./record.js";

/** Turns the payload of one schema version into that of the next. Total: what it does not recognise it hands on, for the schema to refuse. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** Version 1 held a bare text with a language beside it; the audience came with version 2, and until then everyone could read it. */
const responseWithAudience: Upcaster = ({ text, language, ...rest }) => ({
  ...rest,
  text: { text: text ?? null, language: language ?? "it", audience: { kind: "everyone" } },
});

/** By event type: the upcast from version 1 to 2 first. */
export const UPCASTERS: { readonly [Type in LedgerEventType]?: readonly Upcaster[] } = {
  ResponseRecorded: [responseWithAudience],
};

/** `payload` of `type` as this release's schema has it. Corrections and withdrawals carry facts of a version of their own. */
export function upcast(type: LedgerEventType, schemaVersion: number, payload: unknown): unknown {
  if (!isJsonObject(payload)) return payload;
  if (type === "RecordCorrected") return upcastFacts(payload, ["before", "after"]);
  if (type === "RecordWithdrawn") return upcastFacts(payload, ["fact"]);
  return steps(type, schemaVersion).reduce((data, step) => step(data), payload);
}

const BY_TYPE: ReadonlyMap<unknown, readonly Upcaster[]> = new Map(Object.entries(UPCASTERS));

function steps(type: unknown, schemaVersion: number): readonly Upcaster[] {
  return BY_TYPE.get(type)?.slice(Math.max(0, schemaVersion - 1)) ?? [];
}

function upcastFacts(payload: JsonObject, names: readonly string[]): JsonObject {
  const version = payload["factVersion"];
  if (typeof version !== "number") return payload;
  let result = payload;
  for (const name of names) {
    const fact = payload[name];
    const data = isJsonObject(fact) ? fact["data"] : undefined;
    if (!isJsonObject(fact) || !isJsonObject(data)) continue;
    const raised = steps(fact["type"], version).reduce((each, step) => step(each), data);
    result = { ...result, [name]: { ...fact, data: raised } };
  }
  return result;
}
