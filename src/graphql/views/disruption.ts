import type { DisruptionPhase, DisruptionRow } from "../../../projections/rows.js";
import type { Reading } from "../reading.js";
import { scopeView, textOrNull, whenOrNull, whenView } from "./values.js";

export function phaseView({ at, degree, scope, eventId }: DisruptionPhase) {
  return { at: whenView(at), degree, scope: scopeView(scope), eventId };
}

export type DisruptionView = ReturnType<typeof disruptionView>;
export function disruptionView(row: DisruptionRow, reading: Reading) {
  const phases = row.phases.map(phaseView);
  const last = phases.at(-1);
  return {
    id: row.disruptionId,
    incidentId: row.incidentId,
    serviceId: row.serviceId,
    degree: last?.degree,
    scope: last?.scope,
    phases,
    start: whenView(row.start),
    end: whenOrNull(row.end),
    detectedAt: whenOrNull(row.detectedAt),
    reportedAt: whenOrNull(row.reportedAt),
    text: textOrNull(row.text),
    row,
    reading,
  };
}
