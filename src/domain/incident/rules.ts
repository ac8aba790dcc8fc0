import type { Refusal } from "../../kernel/errors.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";
import type { Aggregate } from "../aggregate.js";
import type { Fact } from "../record.js";
import { incidentEvents, type IncidentEvent } from "./events.js";
import { evolveIncident } from "./evolve.js";
import { admitChange, admitEnd, byTime } from "./order.js";
import { endedAfter, goingOn, type Clock, type DisruptionState, type IncidentFile, type IncidentState } from "./state.js";

const TYPES: ReadonlySet<string> = new Set(incidentEvents.map((schema) => schema.shape.type.value));

function owns(fact: Fact): fact is IncidentEvent {
  return TYPES.has(fact.type);
}

type Known = Exclude<IncidentState, { status: "unreported" }>;
type Later = Exclude<IncidentEvent, { type: "IncidentReported" }>;
type Of<Type extends IncidentEvent["type"]> = Extract<IncidentEvent, { type: Type }>;

function admit(state: IncidentState, fact: IncidentEvent): Refusal | undefined {
  const { incidentId } = fact.data;
  if (fact.type === "IncidentReported") {
    if (state.status === "unreported") return undefined;
    return { code: "ID_ALREADY_USED", field: "incidentId", params: { incidentId }, message: `the incident ${incidentId} is reported already; choose another id, or correct its record` };
  }
  if (state.status === "unreported") {
    return { code: "NOT_FOUND", field: "incidentId", params: { incidentId }, message: `no incident ${incidentId} is reported; report it first (ReportIncident)` };
  }
  return state.status === "closed" ? admitClosed(state, fact) : admitOngoing(state, fact);
}

/** A closed incident takes evidence, supplier's statements and reports (and corrections and withdrawals); anything else needs reopening. */
function admitClosed(state: Known, fact: Later): Refusal | undefined {
  switch (fact.type) {
    case "EvidenceAttached":
    case "SupplierStatementReceived":
    case "ReportFiled":
    case "IncidentReopened":
      return admitOngoing(state, fact);
    case "SeverityAssigned":
    case "IncidentAcknowledged":
    case "DisruptionOpened":
    case "DisruptionRescoped":
    case "DisruptionDegreeChanged":
    case "DisruptionEnded":
    case "ResponseRecorded":
    case "SupplierNotified":
    case "MembersInformed":
    case "ClockPaused":
    case "ClockResumed":
    case "CauseAttributed":
    case "ImprovementPromised":
    case "ImprovementCompleted":
    case "IncidentResolved":
    case "IncidentClosed":
      return wrong(state, "the incident is closed: it takes corrections, withdrawals, evidence, supplier's statements and reports; reopen it for anything else");
  }
}

function admitOngoing(state: Known, fact: Later): Refusal | undefined {
  switch (fact.type) {
    case "ResponseRecorded":
      return admitResponse(state.file, fact);
    case "SupplierStatementReceived":
      return admitStatement(fact);
    case "SeverityAssigned":
    case "SupplierNotified":
    case "MembersInformed":
    case "CauseAttributed":
    case "EvidenceAttached":
    case "ReportFiled":
    case "ImprovementPromised":
      return undefined;
    case "IncidentAcknowledged":
      return admitAcknowledgement(state, fact);
    case "DisruptionOpened":
      return state.status === "open" ? undefined : wrong(state, "the incident is resolved; reopen it before a further disruption is recorded");
    case "DisruptionRescoped":
    case "DisruptionDegreeChanged":
      return withDisruption(state, fact, (disruption) => admitChange(disruption, fact.data.occurredAt));
    case "DisruptionEnded":
      return withDisruption(state, fact, (disruption) => admitEnding(state, disruption, fact));
    case "ClockPaused":
    case "ClockResumed":
      return admitClock(state, fact);
    case "ImprovementCompleted":
      return admitCompletion(state, fact);
    case "IncidentResolved":
    case "IncidentReopened":
    case "IncidentClosed":
      return admitMilestone(state, fact);
  }
}

function admitResponse(file: IncidentFile, fact: Of<"ResponseRecorded">): Refusal | undefined {
  const unknown = fact.data.disruptionIds?.find((id) => !file.disruptions.has(id));
  return unknown === undefined ? undefined : notFound("disruptionIds", `the incident has no disruption ${unknown}`);
}

function admitAcknowledgement(state: Known, fact: Of<"IncidentAcknowledged">): Refusal | undefined {
  if (state.file.acknowledged) return wrong(state, "the incident is acknowledged already; correct that record if its time is wrong");
  if (latestOf(fact.data.occurredAt) >= earliestOf(state.file.occurredAt)) return undefined;
  return { code: "OUT_OF_ORDER", field: "occurredAt", message: "an incident cannot be acknowledged before it happened" };
}

function withDisruption(
  state: Known,
  fact: Of<"DisruptionRescoped" | "DisruptionDegreeChanged" | "DisruptionEnded">,
  rule: (disruption: DisruptionState) => Refusal | undefined,
): Refusal | undefined {
  const disruption = state.file.disruptions.get(fact.data.disruptionId);
  return disruption === undefined ? notFound("disruptionId", `the incident has no disruption ${fact.data.disruptionId}; open it first (OpenDisruption)`) : rule(disruption);
}

function admitEnding(state: Known, disruption: DisruptionState, fact: Of<"DisruptionEnded">): Refusal | undefined {
  if (disruption.end !== undefined) return wrong(state, `the disruption ${fact.data.disruptionId} has ended already; correct that record if its time is wrong`);
  return admitEnd(disruption, fact.data.occurredAt);
}

const CLOCK_NAMES: Record<Clock, string> = { acknowledge: "clock of the time to acknowledge", restore: "clock of the time to restore" };

function admitClock(state: Known, fact: Of<"ClockPaused" | "ClockResumed">): Refusal | undefined {
  const since = state.file.paused.get(fact.data.clock);
  const name = CLOCK_NAMES[fact.data.clock];
  if (fact.type === "ClockPaused") return since === undefined ? undefined : wrong(state, `the ${name} is paused already`);
  if (since === undefined) return wrong(state, `the ${name} is not paused`);
  if (latestOf(fact.data.occurredAt) >= earliestOf(since)) return undefined;
  return { code: "END_BEFORE_START", field: "occurredAt", message: "a clock cannot resume before it was paused" };
}

function admitCompletion(state: Known, fact: Of<"ImprovementCompleted">): Refusal | undefined {
  const status = state.file.improvements.get(fact.data.entryId);
  if (status === undefined) return notFound("entryId", `no improvement ${fact.data.entryId} was promised for this incident`);
  return status === "promised" ? undefined : wrong(state, `the improvement ${fact.data.entryId} is completed already`);
}

function admitMilestone(state: Known, fact: Of<"IncidentResolved" | "IncidentReopened" | "IncidentClosed">): Refusal | undefined {
  switch (fact.type) {
    case "IncidentReopened":
      return state.status === "open" ? wrong(state, "the incident is open; there is nothing to reopen") : admitNext(state, fact.data.occurredAt, "reopened");
    case "IncidentClosed":
      return state.status === "resolved" ? admitNext(state, fact.data.occurredAt, "closed") : wrong(state, "only a resolved incident can be closed");
    case "IncidentResolved":
      return admitResolving(state, fact.data.occurredAt);
  }
}

/** Resolving needs every disruption ended: recorded as ended, and not certainly later than the resolution. */
function admitResolving(state: Known, occurredAt: When): Refusal | undefined {
  if (state.status !== "open") return wrong(state, "the incident is resolved already");
  const open = goingOn(state.file);
  if (open.length > 0) {
    return { code: "DISRUPTIONS_OPEN", params: { disruptionIds: open }, message: `resolving needs every disruption ended; still open: ${open.join(", ")}` };
  }
  const later = endedAfter(state.file, occurredAt);
  if (later.length > 0) {
    return { code: "DISRUPTIONS_OPEN", field: "occurredAt", params: { disruptionIds: later }, message: `resolving needs every disruption ended, and at that time these still went on: ${later.join(", ")}; check the time, or correct their ends` };
  }
  return admitNext(state, occurredAt, "resolved");
}

const BEGINNINGS: Record<Known["status"], string> = { open: "it happened or was reopened", resolved: "it was resolved", closed: "it was closed" };

/** Report, resolution, closing and reopening follow each other in time as they do in the stream, so that a phase never ends before its start. */
function admitNext(state: Known, at: When, what: string): Refusal | undefined {
  if (byTime(state.since, at) <= 0) return undefined;
  return { code: "END_BEFORE_START", field: "occurredAt", message: `an incident cannot be ${what} before ${BEGINNINGS[state.status]}; check the time, or correct the earlier record` };
}

function admitStatement({ data }: Of<"SupplierStatementReceived">): Refusal | undefined {
  const { claimedStart, claimedEnd } = data;
  if (claimedStart === undefined || claimedEnd === undefined || latestOf(claimedEnd) >= earliestOf(claimedStart)) return undefined;
  return { code: "END_BEFORE_START", field: "claimedEnd", message: "the end that the supplier claims lies before the start that it claims; check both against the statement" };
}

function notFound(field: string, message: string): Refusal {
  return { code: "NOT_FOUND", field, message };
}
function wrong(state: Known, message: string): Refusal {
  return { code: "WRONG_STATE", params: { status: state.status }, message };
}

/** One cause with its disruptions, responses, communications and evidence (domain.md, "Rules of an incident"). */
export const incidentRules: Aggregate<IncidentState, IncidentEvent> = { owns, initial: { status: "unreported" }, admit, evolve: evolveIncident };
