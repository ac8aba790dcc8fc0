import { isIncidentId } from "../../kernel/brand.js";
import type { Reading } from "../reading.js";
import { knowledgeOfOne } from "./knowledge.js";

/** What a regime asks after an incident, by the id of its stream; undefined where nothing of it is left. */
export function obligationViewOf(id: string, reading: Reading) {
  const at = id.lastIndexOf("~");
  const [incidentId, regimeId] = [id.slice(0, at), id.slice(at + 1)];
  if (!isIncidentId(incidentId)) return undefined;
  const rows = (reading.known.obligationsOfIncidents([incidentId]).get(incidentId) ?? []).filter((row) => row.regimeId === regimeId);
  return rows.length === 0 ? undefined : { __typename: "Obligation" as const, incidentId, regimeId, knowledge: knowledgeOfOne(reading, "obligation", id), reading };
}
