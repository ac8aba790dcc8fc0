import type { Category } from "../src/kernel/stream.js";
import type { Fact, LedgerEvent } from "../src/domain/record.js";

/** The stream that an event is about. */
export function subjectOfEvent(event: LedgerEvent): { readonly category: Category; readonly subject: string } {
  if (event.type === "RecordCorrected") return subjectOfFact(event.data.before);
  if (event.type === "RecordWithdrawn") return subjectOfFact(event.data.fact);
  return subjectOfFact(event);
}
function subjectOfFact({ data }: Fact): { readonly category: Category; readonly subject: string } {
  if ("incidentId" in data) return { category: "incident", subject: data.incidentId };
  if ("serviceId" in data) return { category: "service", subject: data.serviceId };
  if ("bodyId" in data) return { category: "body", subject: data.bodyId };
  return { category: "contract", subject: data.contractId };
}
