import { expect } from "chai";
import { actorId, eventId, instant, type EventId, type Instant } from "../../src/kernel/brand.js";
import type { ErrorCode } from "../../src/kernel/errors.js";
import type { Category } from "../../src/kernel/stream.js";
import { subjectOf } from "../../src/domain/commands.js";
import { decide } from "../../src/domain/decider.js";
import type { LedgerCommand, LedgerEvent } from "../../src/domain/record.js";
import type { HistoryEvent } from "../../src/domain/standing.js";

/** The instant that an RFC 3339 text names. */
export function at(text: string): Instant {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new TypeError(`not a time: ${text}`);
  return instant(ms);
}

/** The nth event id of a spec. */
export function nthId(n: number): EventId {
  return eventId(`01930000-0000-7000-8000-${n.toString().padStart(12, "0")}`);
}

export const LEAD_BODY = { id: actorId("lead-body"), verified: false };
export const NOW = at("2019-10-21T09:00:00Z");

/** `given(events).when(command).then(events)`, on the stream the command is about. Event ids are `nthId(0)`, `nthId(1)`, … */
export function given(...events: LedgerEvent[]) {
  const history: HistoryEvent[] = events.map((event, index) => ({ id: nthId(index), event }));
  return {
    when: (command: LedgerCommand, now: Instant = NOW) => {
      const category: Category = subjectOf(command).category;
      const decided = decide(category, history, command, now);
      return {
        then: (...expected: LedgerEvent[]) => {
          expect(decided.ok ? [decided.value] : decided.refusal).to.deep.equal(expected);
        },
        thenRefused: (code: ErrorCode, message?: RegExp, field?: string) => {
          expect(decided.ok ? decided.value : decided.refusal.code).to.equal(code);
          if (message !== undefined && !decided.ok) expect(decided.refusal.message).to.match(message);
          if (field !== undefined && !decided.ok) expect(decided.refusal.field).to.equal(field);
        },
      };
    },
  };
}
