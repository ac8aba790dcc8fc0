/**
 * Branded primitives: a `BodyId` is no `ServiceId`, an `Instant` is no duration.
 * This file holds the only casts of the code base; everything else goes through these constructors and guards.
 */
declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z (UTC). */
export type Instant = Brand<number, "Instant">;
/** A length of time in whole milliseconds. */
export type DurationMs = Brand<number, "DurationMs">;

export type LedgerId = Brand<string, "LedgerId">;
export type BodyId = Brand<string, "BodyId">;
export type ServiceId = Brand<string, "ServiceId">;
export type ContractId = Brand<string, "ContractId">;
export type IncidentId = Brand<string, "IncidentId">;
/** Unique within its incident. */
export type DisruptionId = Brand<string, "DisruptionId">;
/** Unique within its contract. */
export type MaintenanceId = Brand<string, "MaintenanceId">;
/**
 * Unique within its incident: a response, a communication, a statement, an improvement, a piece of evidence, a report. Within its contract: an adjustment,
 * a collection, an apportionment. Within its assessment: counter-arguments. Within its obligation: a notification.
 */
export type EntryId = Brand<string, "EntryId">;
/** Unique within its contract. */
export type PenaltyId = Brand<string, "PenaltyId">;
/** These three are unique within their assessment. */
export type FindingId = Brand<string, "FindingId">;
export type ObjectionId = Brand<string, "ObjectionId">;
export type ExclusionId = Brand<string, "ExclusionId">;
/** A legal regime, such as `gdpr-33`: its id in the data files. */
export type RegimeId = Brand<string, "RegimeId">;
export type ActorId = Brand<string, "ActorId">;
export type CommandId = Brand<string, "CommandId">;
export type ImportId = Brand<string, "ImportId">;
/** A lower-case UUID; our own are version 7 (RFC 9562), so that they sort by time. */
export type EventId = Brand<string, "EventId">;
/** An IANA time zone that this Node knows, such as `Europe/Rome`. */
export type ZoneId = Brand<string, "ZoneId">;
/** `il.{ledgerId}.{category}-{id}` */
export type StreamName = Brand<string, "StreamName">;
/** A place in the whole store: opaque outside the adapter that gave it, kept verbatim. */
export type Position = Brand<string, "Position">;
/** Place of an event among this ledger's events, dense from 1; private to one read model file. */
export type Ordinal = Brand<number, "Ordinal">;

const ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LEDGER = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** ±100,000,000 days around the epoch, the range of ECMAScript's Date. */
const MAX_INSTANT = 8.64e15;

/** Lower-case words with hyphens: it ends the names of streams of obligations, after the incident and `~`, which it may not hold. */
const REGIME = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Longer than an id: a stream may be named by two of them, joined with `~`. */
const SUBJECT = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,255}$/;

/** What an event's id looks like, in words for an error message. */
export const EVENT_ID_RULE = "ids of events are UUIDs in lower case, as answers and `incident-ledger events` show them";
/** What an identifier may look like, in words for an error message. */
export const ID_RULE = "1 to 128 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit";

function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}
export function isBodyId(value: unknown): value is BodyId {
  return isId(value);
}
export function isServiceId(value: unknown): value is ServiceId {
  return isId(value);
}
export function isContractId(value: unknown): value is ContractId {
  return isId(value);
}
export function isIncidentId(value: unknown): value is IncidentId {
  return isId(value);
}
export function isDisruptionId(value: unknown): value is DisruptionId {
  return isId(value);
}
export function isMaintenanceId(value: unknown): value is MaintenanceId {
  return isId(value);
}
export function isEntryId(value: unknown): value is EntryId {
  return isId(value);
}
export function isPenaltyId(value: unknown): value is PenaltyId {
  return isId(value);
}
export function isFindingId(value: unknown): value is FindingId {
  return isId(value);
}
export function isObjectionId(value: unknown): value is ObjectionId {
  return isId(value);
}
export function isExclusionId(value: unknown): value is ExclusionId {
  return isId(value);
}
export function isRegimeId(value: unknown): value is RegimeId {
  return typeof value === "string" && REGIME.test(value);
}
/** The id of what a stream is about, whatever its category. */
export function isSubjectId(value: unknown): value is string {
  return typeof value === "string" && SUBJECT.test(value);
}
export function isActorId(value: unknown): value is ActorId {
  return isId(value);
}
export function isCommandId(value: unknown): value is CommandId {
  return isId(value);
}
export function isImportId(value: unknown): value is ImportId {
  return isId(value);
}
export function isEventId(value: unknown): value is EventId {
  return typeof value === "string" && UUID.test(value);
}
export function isLedgerId(value: unknown): value is LedgerId {
  return typeof value === "string" && LEDGER.test(value);
}
export function isInstant(value: unknown): value is Instant {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= MAX_INSTANT;
}

function must<T>(value: unknown, guard: (value: unknown) => value is T, name: string): T {
  if (guard(value)) return value;
  throw new TypeError(`${JSON.stringify(value)} is not a valid ${name}`);
}
/** Constructors for values known to be well-formed: literals, and ids built from other ids. They throw TypeError. */
/** For `src/time/zone.ts` only, which asks the zone data. */
export const zoneId = (value: string): ZoneId => value as ZoneId;
export const ledgerId = (value: string): LedgerId => must(value, isLedgerId, "ledger id");
export const bodyId = (value: string): BodyId => must(value, isBodyId, "body id");
export const serviceId = (value: string): ServiceId => must(value, isServiceId, "service id");
export const contractId = (value: string): ContractId => must(value, isContractId, "contract id");
export const incidentId = (value: string): IncidentId => must(value, isIncidentId, "incident id");
export const disruptionId = (value: string): DisruptionId => must(value, isDisruptionId, "disruption id");
export const maintenanceId = (value: string): MaintenanceId => must(value, isMaintenanceId, "maintenance id");
export const entryId = (value: string): EntryId => must(value, isEntryId, "entry id");
export const penaltyId = (value: string): PenaltyId => must(value, isPenaltyId, "penalty id");
export const findingId = (value: string): FindingId => must(value, isFindingId, "finding id");
export const objectionId = (value: string): ObjectionId => must(value, isObjectionId, "objection id");
export const exclusionId = (value: string): ExclusionId => must(value, isExclusionId, "exclusion id");
export const regimeId = (value: string): RegimeId => must(value, isRegimeId, "regime id");
export const actorId = (value: string): ActorId => must(value, isActorId, "actor id");
export const commandId = (value: string): CommandId => must(value, isCommandId, "command id");
export const importId = (value: string): ImportId => must(value, isImportId, "import id");
export const eventId = (value: string): EventId => must(value, isEventId, "event id");

/** Unchecked, for hot paths: `ms` must be a whole number of milliseconds. */
export const instant = (ms: number): Instant => ms as Instant;
/** Unchecked, for hot paths: `ms` must be a whole number of milliseconds. */
export const durationMs = (ms: number): DurationMs => ms as DurationMs;
/** For adapters and codecs only: they know the shape of their own positions. */
export const position = (value: string): Position => value as Position;
/** For the read model only. */
export const ordinal = (value: number): Ordinal => value as Ordinal;
/** For adapters and `stream.ts` only. */
export const streamName = (value: string): StreamName => value as StreamName;
