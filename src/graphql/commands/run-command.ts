import { isBodyId, isCommandId, isContractId, isEventId, isIncidentId, isRegimeId, isServiceId, type Position } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { Category } from "../../kernel/stream.js";
import type { Accepted } from "../../app/submission.js";
import { subjectOf } from "../../domain/commands.js";
import type { LedgerCommand } from "../../domain/record.js";
import { isZoneId } from "../../time/zone.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { isGiven, type Optional } from "../input/optional.js";
import { withoutNulls } from "../input/without-nulls.js";
import { freshReading, type Reading } from "../reading.js";
import { assessmentViewOf } from "../views/assessment.js";
import { bodyView } from "../views/body.js";
import { contractView } from "../views/contract.js";
import { recordedEventView } from "../views/event.js";
import { incidentView } from "../views/incident.js";
import { obligationViewOf } from "../views/obligation.js";
import { serviceView } from "../views/service.js";
import { commandOf, type Lookup } from "./command-of.js";
import { recordedObligation } from "./recorded-obligation.js";
import { mustBearNoPenalty } from "./withdrawing.js";
import { isWorkedOut, workedOut } from "./worked-out.js";

/** The arguments of every mutation. */
export interface CommandArgs {
  readonly input: { readonly [field: string]: unknown };
  readonly commandId: string;
  readonly expectedRevision?: Optional<number>;
}

/** Decides a command and answers with what came of it, read after this process has taken it. Throws LedgerError for a refusal. */
export async function runCommand(type: LedgerCommand["type"], args: CommandArgs, context: Context) {
  const commandId = idOf(args.commandId, isCommandId, "commandId");
  const expectedRevision = expectedRevisionOf(args.expectedRevision);
  for (let attempt = 1; ; attempt += 1) {
    const asked = { input: withoutNulls(args.input), commandId };
    const command = isWorkedOut(type) ? await workedOut(type, asked, context) : (await recordedObligation(type, asked, context)) ?? (await commandOf(type, args.input, lookupIn(context)));
    if (command.type === "WithdrawRecord") mustBearNoPenalty(command, (await freshReading(context, { knownAt: { kind: "now" } })).known);
    const { actor, correlationId, services } = context;
    const result = await services.ledger.submit({
      command, commandId, actor, ...(expectedRevision !== undefined && { expectedRevision }), ...(correlationId !== undefined && { correlationId }),
    });
    if (result.kind === "accepted") return payloadOf(result, command, context);
    // What was worked out from the ledger may have been overtaken meanwhile: it is worked out anew.
    const isOvertaken = isWorkedOut(type) && expectedRevision === undefined && result.refusal.code === "REVISION_CONFLICT";
    if (!isOvertaken || attempt === MOST_ATTEMPTS) throw new LedgerError(result.refusal);
  }
}

const MOST_ATTEMPTS = 3;

/** −1 says that the thing must not exist yet. */
function expectedRevisionOf(revision: Optional<number>): number | "none" | undefined {
  if (!isGiven(revision)) return undefined;
  if (revision >= 0) return revision;
  if (revision === -1) return "none";
  throw new LedgerError({
    code: "INVALID_INPUT", field: "expectedRevision", params: { expectedRevision: revision },
    message: `${revision} is no revision: give the one you saw, or −1 for what must not exist yet`,
  });
}

function lookupIn(context: Context): Lookup {
  const now = (): Promise<Reading> => freshReading(context, { knownAt: { kind: "now" } });
  return {
    zoneOfContract: async (contractId) => {
      if (!isContractId(contractId)) return undefined;
      const zone = (await now()).known.contracts([contractId]).get(contractId)?.zone;
      return isZoneId(zone) ? zone : undefined;
    },
    regimes: context.services.regimes,
    regimeOfRecord: async (eventId) => {
      const fact = isEventId(eventId) ? (await now()).known.timelineEntries([eventId]).get(eventId)?.fact : undefined;
      return fact?.type === "ObligationApplies" ? fact.data.regime : undefined;
    },
    isKnown: async ({ incidentId, bodyId, regimeId }) => {
      const { known } = await now();
      return {
        incident: isIncidentId(incidentId) && known.incidents([incidentId]).has(incidentId),
        body: isBodyId(bodyId) && known.bodies([bodyId]).has(bodyId),
        regime: isRegimeId(regimeId) && (context.services.regimes.has(regimeId) || known.obligationsOfRegimes([regimeId]).has(regimeId)),
      };
    },
    computation: async ({ contractId, period, number }) => {
      if (!isContractId(contractId)) return undefined;
      const steps = (await now()).known.assessmentsOfContracts([contractId]).get(contractId) ?? [];
      return steps.find(({ fact }) => fact.type === "AssessmentComputed" && fact.data.period === period && fact.data.number === number)?.eventId;
    },
    typeOfRecord: async (eventId) => (isEventId(eventId) ? (await now()).known.timelineEntries([eventId]).get(eventId)?.type : undefined),
  };
}

async function payloadOf({ revision, position, repeated, events }: Accepted, command: LedgerCommand, context: Context) {
  const reading = await readingAfter(position, context);
  const { category, id } = subjectOf(command);
  const subject = reading === undefined ? undefined : subjectView(category, id, reading);
  return { revision, position, repeated, behind: reading === undefined, events: events.map(recordedEventView), subject, [category]: subject };
}

/** A reading with what was just recorded; undefined where this process has not taken it in time. It is stored all the same, so nothing is thrown. */
async function readingAfter(position: Position, context: Context): Promise<Reading | undefined> {
  try {
    return await freshReading({ ...context, now: context.services.clock() }, { knownAt: { kind: "now" }, atLeast: position });
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

/** What a command was about, as it is now; undefined where nothing of it is left. */
export function subjectView(category: Category, id: string, reading: Reading) {
  const { known } = reading;
  switch (category) {
    case "body": {
      const row = isBodyId(id) ? known.bodies([id]).get(id) : undefined;
      return row && bodyView(row, reading);
    }
    case "service": {
      const row = isServiceId(id) ? known.services([id]).get(id) : undefined;
      return row && serviceView(row, reading);
    }
    case "contract": {
      const row = isContractId(id) ? known.contracts([id]).get(id) : undefined;
      return row && contractView(row, reading);
    }
    case "incident": {
      const row = isIncidentId(id) ? known.incidents([id]).get(id) : undefined;
      return row && incidentView(row, reading);
    }
    case "assessment":
      return assessmentViewOf(id, reading);
    case "obligation":
      return obligationViewOf(id, reading);
  }
}
