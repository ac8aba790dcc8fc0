import type { AssessmentRow } from "../../../projections/rows.js";
import { isContractId, type ContractId } from "../../kernel/brand.js";
import { assessmentIdOf, type AssessmentEvent } from "../../domain/assessment/events.js";
import type { Reading } from "../reading.js";
import { factView } from "./fact.js";
import { knowledgeOfOne } from "./knowledge.js";

/** An assessment by the id of its stream; undefined where nothing of it is left. */
export function assessmentViewOf(id: string, reading: Reading) {
  const at = id.lastIndexOf("~");
  const [contractId, period] = [id.slice(0, at), id.slice(at + 1)];
  if (!isContractId(contractId)) return undefined;
  const steps = (reading.known.assessmentsOfContracts([contractId]).get(contractId) ?? []).filter((row) => row.period === period);
  return steps.length === 0 ? undefined : assessmentView(id, steps, reading);
}

/** The assessments of a contract, the latest period first; only `period` where it is given. */
export function assessmentsView(contractId: ContractId, period: string | undefined, reading: Reading) {
  const steps = reading.known.assessmentsOfContracts([contractId]).get(contractId) ?? [];
  const periods = [...new Set(steps.map((step) => step.period))].filter((each) => period === undefined || each === period).sort().reverse();
  return periods.map((each) => assessmentView(assessmentIdOf({ contractId, period: each }), steps.filter((step) => step.period === each), reading));
}

/** `steps`: all of one assessment, in the order of recording. */
function assessmentView(id: string, steps: readonly AssessmentRow[], reading: Reading) {
  const of = (type: AssessmentEvent["type"]) => steps.flatMap(({ fact }) => (fact.type === type ? [factView(fact)] : []));
  return {
    __typename: "Assessment" as const,
    contractId: steps[0]?.contractId,
    period: steps[0]?.period,
    computations: of("AssessmentComputed"),
    findings: of("FindingRecorded"),
    objections: of("ObjectionRaised"),
    counterArguments: of("CounterArgumentsReceived"),
    exclusionsGranted: of("ExclusionGranted"),
    exclusionsRefused: of("ExclusionRefused"),
    knowledge: knowledgeOfOne(reading, "assessment", id),
    reading,
  };
}
