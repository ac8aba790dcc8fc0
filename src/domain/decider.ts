import type { Instant } from "../kernel/brand.js";
import type { Result } from "../kernel/result.js";
import type { Category } from "../kernel/stream.js";
import { assessmentRules } from "./assessment/rules.js";
import { bodyRules } from "./body/rules.js";
import { contractRules } from "./contract/rules.js";
import { decideOn } from "./decide.js";
import { incidentRules } from "./incident/rules.js";
import { obligationRules } from "./obligation/rules.js";
import type { LedgerCommand, LedgerEvent } from "./record.js";
import { serviceRules } from "./service/rules.js";
import type { HistoryEvent } from "./standing.js";

/** Decides a command on a stream of `category` with `history`, at recorded time `now`. Refuses; never throws. */
export function decide(category: Category, history: readonly HistoryEvent[], command: LedgerCommand, now: Instant): Result<LedgerEvent> {
  switch (category) {
    case "body":
      return decideOn(bodyRules, history, command, now);
    case "service":
      return decideOn(serviceRules, history, command, now);
    case "contract":
      return decideOn(contractRules, history, command, now);
    case "incident":
      return decideOn(incidentRules, history, command, now);
    case "assessment":
      return decideOn(assessmentRules, history, command, now);
    case "obligation":
      return decideOn(obligationRules, history, command, now);
  }
}
