import { isBodyId, isContractId, isIncidentId, isServiceId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { TimelineSubject } from "../../reports/timeline.js";
import { idOf } from "./id.js";
import { isGiven, type Optional } from "./optional.js";

/** `TimelineSubjectInput` of the schema. */
export interface SubjectInput {
  readonly incidentId?: Optional<string>;
  readonly bodyId?: Optional<string>;
  readonly serviceId?: Optional<string>;
  readonly contractId?: Optional<string>;
}

/** Whose timeline is asked for; the ledger's, where nothing is named. Throws LedgerError INVALID_INPUT for other than one field, INVALID_ID. */
export function subjectOf(input: Optional<SubjectInput>): TimelineSubject {
  if (!isGiven(input)) return { kind: "ledger" };
  const { incidentId, bodyId, serviceId, contractId } = input;
  const given: TimelineSubject[] = [];
  if (isGiven(incidentId)) given.push({ kind: "incident", incidentId: idOf(incidentId, isIncidentId, "subject.incidentId") });
  if (isGiven(bodyId)) given.push({ kind: "body", bodyId: idOf(bodyId, isBodyId, "subject.bodyId") });
  if (isGiven(serviceId)) given.push({ kind: "service", serviceId: idOf(serviceId, isServiceId, "subject.serviceId") });
  if (isGiven(contractId)) given.push({ kind: "contract", contractId: idOf(contractId, isContractId, "subject.contractId") });
  const [only, more] = given;
  if (only !== undefined && more === undefined) return only;
  throw new LedgerError({ code: "INVALID_INPUT", field: "subject", message: "`subject` takes exactly one of its fields; leave it out for the whole ledger's timeline" });
}
