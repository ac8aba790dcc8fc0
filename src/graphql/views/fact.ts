import { instant } from "../../kernel/brand.js";
import type { Fact } from "../../domain/record.js";
import { moneyView, scopeView, textView, whenView } from "./values.js";

/** Fields that hold a time as the ledger was told it, an instant or a band. */
const WHEN_FIELDS: ReadonlySet<string> = new Set(["occurredAt", "detectedAt", "reportedAt", "claimedStart", "claimedEnd"]);

type DataOf<F> = F extends { readonly data: infer Data } ? Data : never;
type ValueOf<Data> = Data extends object ? Data[keyof Data] : never;
type FactValue = ValueOf<DataOf<Fact>>;

/** A fact in the shape of its type in the schema. */
export function factView({ type, data }: Fact): { readonly __typename: Fact["type"]; readonly [field: string]: unknown } {
  const entries = Object.entries<FactValue>(data);
  return { ...Object.fromEntries(entries.map(([field, value]) => [field, valueView(field, value)])), __typename: type };
}

function valueView(field: string, value: FactValue): unknown {
  if (value === undefined || typeof value === "string") return value;
  if (typeof value === "number") return WHEN_FIELDS.has(field) ? whenView(instant(value)) : value;
  if ("earliest" in value) return whenView(value);
  if ("language" in value) return textView(value);
  if ("amountCents" in value) return moneyView(value);
  if ("kind" in value) return scopeView(value);
  return value;
}
