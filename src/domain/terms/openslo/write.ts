import type { JsonObject } from "../../../kernel/json.js";
import type { IndicatorTerms } from "../indicators.js";
import type { Terms } from "../terms.js";
import { descriptionOf } from "./description.js";
import { lossesOf, type Lost } from "./losses.js";
import { clipped, Names } from "./names.js";
import { indicatorSpec, LEDGER } from "./query.js";
import { STANDS_FOR_ALL, targetOf } from "./share.js";
import { API_VERSION } from "./specification.js";
import { windowOf } from "./window.js";

/**
 * Terms as documents of OpenSLO v1, and what those cannot carry: a Service for the contract and one for each service that an indicator names, and an
 * SLO for each indicator. An indicator of availability that has a figure for each of several named services becomes an SLO for each of them.
 *
 * All use `Occurrences`: of availability the events are the milliseconds that are owed, which gives 1 − D / AST exactly (domain.md, "Impact and
 * availability"), where time slices would only come near it; of times they are cases; of failures, the periods.
 */
export function toOpenSlo(terms: Terms): { readonly documents: readonly JsonObject[]; readonly lost: readonly Lost[] } {
  const names = serviceNames(terms);
  const sloNames = new Names();
  const slos = terms.indicators.flatMap((indicator) => scopesOf(indicator).map((scope) => {
    const id = scope.single === undefined ? indicator.id : `${indicator.id}-${scope.single}`;
    return slo(terms, indicator, { name: sloNames.give(id), service: names.get(oneOf(scope.services)) ?? "", services: scope.services });
  }));
  const services = [...names].map(([id, name]) => service(terms, id, name));
  return { documents: [...services, ...slos], lost: [...lossesOf(terms)] };
}

/** Whether an indicator is written as an SLO for each of its services: where each has a figure of its own. */
export function isWrittenByService(indicator: IndicatorTerms): boolean {
  return indicator.kind === "availability" && indicator.per !== "contract" && (indicator.services?.length ?? 0) > 1;
}

interface Scope {
  readonly services: "all" | readonly string[];
  /** Where the indicator has several SLOs, the service of this one. */
  readonly single?: string;
}
function scopesOf(indicator: IndicatorTerms): readonly Scope[] {
  const { services } = indicator;
  if (services === undefined) return [{ services: "all" }];
  return isWrittenByService(indicator) ? services.map((single) => ({ services: [single], single })) : [{ services }];
}
/** The one service that an SLO is about; undefined for the contract, whose Service it then belongs to. */
function oneOf(services: "all" | readonly string[]): string | undefined {
  return services !== "all" && services.length === 1 ? services[0] : undefined;
}

/** Names of the contract's Service (under `undefined`) and of those of its services that are named. */
function serviceNames({ contractId, indicators }: Terms): ReadonlyMap<string | undefined, string> {
  const names = new Names();
  const ids = new Set(indicators.flatMap(({ services = [] }) => services));
  return new Map([[undefined, names.give(contractId)], ...[...ids].map((id) => [id, names.give(id)] as const)]);
}

function service(terms: Terms, id: string | undefined, name: string): JsonObject {
  const { title, contractId } = terms;
  if (id === undefined) return document(terms, "Service", { name, title, labels: { kind: "contract" }, spec: { description: title } });
  return document(terms, "Service", { name, labels: { kind: "service" }, spec: { description: `Service ${id} under the contract ${contractId}.` } });
}

interface Written {
  readonly name: string;
  readonly service: string;
  readonly services: "all" | readonly string[];
}
function slo(terms: Terms, indicator: IndicatorTerms, { name, service: owner, services }: Written): JsonObject {
  const { title, kind, period } = indicator;
  return document(terms, "SLO", {
    name, title, labels: { kind },
    spec: {
      description: descriptionOf(kind, period),
      service: owner,
      indicator: { metadata: { name }, spec: indicatorSpec(indicator, services, terms) },
      timeWindow: [windowOf(period, terms.zone, terms.effectiveFrom)],
      budgetingMethod: "Occurrences",
      objectives: [objectiveOf(indicator)],
    },
  });
}

interface Parts {
  readonly name: string;
  readonly title?: string;
  readonly labels: { readonly [key: string]: string };
  readonly spec: JsonObject;
}
function document({ illustrative }: Terms, kind: "Service" | "SLO", { name, title, labels, spec }: Parts): JsonObject {
  const marked = { source: LEDGER, ...labels, ...(illustrative === true && { illustrative: "true" }) };
  return { apiVersion: API_VERSION, kind, metadata: { name, ...(title !== undefined && { displayName: clipped(title) }), labels: marked }, spec };
}

function objectiveOf(indicator: IndicatorTerms): JsonObject {
  switch (indicator.kind) {
    case "availability":
      return { target: targetOf(indicator.threshold) };
    case "time-to-acknowledge":
    case "time-to-restore":
      return { target: targetOf(indicator.shareInTime) };
    case "failures":
      return { op: "lte", value: indicator.most, target: STANDS_FOR_ALL };
  }
}
