import { isIncidentId } from "../../kernel/brand.js";
import { parseStream, streamOf, streamPrefix } from "../../kernel/stream.js";
import type { StoredEvent } from "../../eventstore/port.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { isGiven, type Optional } from "../input/optional.js";
import type { Reading } from "../reading.js";
import { storedEventView } from "../views/event.js";
import { incidentView } from "../views/incident.js";
import { changes } from "./changes.js";

interface IncidentChangedArgs {
  readonly incidentId?: Optional<string>;
  readonly from?: Optional<string>;
}

/** What was recorded in one incident, or in any, with the incident as it then stood. */
export function incidentChanges(_: unknown, { incidentId, from }: IncidentChangedArgs, context: Context) {
  const { ledgerId } = context.services;
  const stream = isGiven(incidentId) ? streamOf(ledgerId, "incident", idOf(incidentId, isIncidentId, "incidentId")) : undefined;
  return changes(context, {
    streamPrefix: stream ?? `${streamPrefix(ledgerId)}incident-`,
    from,
    tell: (event, reading) => (stream === undefined || event.stream === stream ? changeView(event, reading) : undefined),
  });
}

function changeView(event: StoredEvent, reading: Reading) {
  const id = parseStream(event.stream)?.id;
  const row = isIncidentId(id) ? reading.known.incidents([id]).get(id) : undefined;
  return { position: event.position, event: storedEventView(event), incident: row && incidentView(row, reading) };
}
