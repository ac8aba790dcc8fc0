import fc from "fast-check";
import { bodyId, contractId, disruptionId, incidentId, instant, maintenanceId, serviceId, type Instant } from "../../src/kernel/brand.js";
import type { FactCommand } from "../../src/domain/record.js";
import type { Audience, Scope, Text } from "../../src/domain/values.js";
import type { When } from "../../src/time/when.js";
import { at } from "../support/given.js";

const HOUR_MS = 3_600_000;
/** All that happens in random histories lies in the hundred days from here. */
export const EPOCH = at("2019-09-01T00:00:00+02:00");

export const BODY_IDS = ["lecco", "valmadrera", "colico"].map(bodyId);
export const SERVICE_IDS = ["protocollo", "posta", "pagopa"].map(serviceId);
export const CONTRACT_IDS = ["spc-cloud-lotto-1", "rete"].map(contractId);
export const INCIDENT_IDS = ["cloud-2019-09-25", "posta-2019-10-02", "rete-2019-11-11"].map(incidentId);
export const DISRUPTION_IDS = ["d1", "d2"].map(disruptionId);
export const MAINTENANCE_IDS = ["patching", "cabling"].map(maintenanceId);
export const WORLD = { bodies: BODY_IDS, services: SERVICE_IDS, contracts: CONTRACT_IDS, incidents: INCIDENT_IDS };

/** A few random numbers, from which a command is made that may or may not be accepted. */
export interface Move {
  readonly kind: number;
  readonly who: number;
  readonly which: number;
  readonly what: number;
  readonly hour: number;
  readonly hours: number;
  readonly band: number;
}
export const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.nat(1_000_000), who: fc.nat(1000), which: fc.nat(1000), what: fc.nat(1000),
  hour: fc.nat(2400), hours: fc.integer({ min: 0, max: 1200 }), band: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 48 })),
});

export function one<T>(list: readonly T[], n: number): T {
  const picked = list[n % list.length];
  if (picked === undefined) throw new TypeError("nothing to pick from");
  return picked;
}
export function hour(n: number): Instant {
  return instant(EPOCH + n * HOUR_MS);
}
export function whenOf({ hour: from, band }: Move): When {
  return band === 0 ? hour(from) : { earliest: hour(from), latest: hour(from + band) };
}
export function textOf({ what }: Move): Text {
  const audience = one<Audience>([{ kind: "everyone" }, { kind: "lead-body" }, { kind: "bodies", bodyIds: [one(BODY_IDS, what)] }], what);
  return { text: one(["Chiamato il fornitore.", "Nessuna risposta ☎️", "ripristino avvenuto"], what), language: "it", audience };
}
export function scopeOf({ what }: Move): Scope {
  return what % 2 === 0 ? { kind: "all" } : { kind: "bodies", bodyIds: [one(BODY_IDS, what), one(BODY_IDS, what >> 3)] };
}
export const money = (cents: number) => ({ amountCents: cents, currency: "EUR" });

/** Makes a command of a move. */
export type Make = (move: Move) => FactCommand;
