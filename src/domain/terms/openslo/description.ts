import type { IndicatorTerms } from "../indicators.js";

/** What an SLO measures, for whoever reads the document; nothing is read back from it. */
export function descriptionOf(kind: IndicatorTerms["kind"], period: IndicatorTerms["period"]): string {
  switch (kind) {
    case "availability":
      return `Share of the agreed time of a ${period} without downtime.`;
    case "time-to-acknowledge":
      return `Share of the cases of a ${period} that the supplier took charge of in time.`;
    case "time-to-restore":
      return `Share of the cases of a ${period} that were restored in time.`;
    case "failures":
      return `Disruptions by outage in a ${period}.`;
  }
}
