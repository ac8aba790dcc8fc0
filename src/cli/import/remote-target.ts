import type { Recorded } from "../../kernel/event.js";
import { LedgerError } from "../../kernel/errors.js";
import { parseJson } from "../../kernel/json.js";
import type { Submission, SubmitResult } from "../../app/submission.js";
import type { LedgerEvent } from "../../domain/record.js";
import { linesOf } from "../../http/lines.js";
import { eventLineSchema, type SubmissionLine } from "../../http/wire.js";
import type { ImportTarget } from "../../import/index.js";
import { CommandLine, MAX_LINE_BYTES } from "./command-line.js";
import { notAServer, type LedgerServer } from "./server.js";

/** The ledger behind a running server as an import's target. Rejects as every target does, and with INVALID_INPUT for what is no such server. */
export function remoteTarget(server: LedgerServer): ImportTarget & { close(): Promise<void> } {
  const commands = new CommandLine(server);
  return {
    submit: async (submission): Promise<SubmitResult> => {
      const result = await commands.send(lineOf(submission));
      if (result.kind === "refused") return { kind: "refused", refusal: result.refusal };
      const { stream, revision, position, events, repeated } = result;
      return { kind: "accepted", stream, revision, position, events, repeated };
    },
    history: async (category, id) => {
      const events: Recorded<LedgerEvent>[] = [];
      for await (const event of eventsAt(server, `/streams/${category}/${encodeURIComponent(id)}`)) events.push(event);
      return events;
    },
    eventsOfImport: (importId) => eventsAt(server, `/imports/${encodeURIComponent(importId)}/events`),
    close: async () => {
      await commands.close();
      server.close();
    },
  };
}

/** Without `verified`: who a client says he is, the server records as unverified. */
function lineOf({ actor, ...submission }: Submission): SubmissionLine {
  return { ...submission, actor: actor.id };
}

async function* eventsAt(server: LedgerServer, path: string): AsyncGenerator<Recorded<LedgerEvent>> {
  const response = await server.get(path);
  try {
    for await (const line of linesOf(response, MAX_LINE_BYTES)) {
      const parsed = eventLineSchema.safeParse(line.kind === "text" ? parseJson(line.text) : undefined);
      if (!parsed.success) throw notAServer(server.url);
      if ("kind" in parsed.data) throw new LedgerError(parsed.data.refusal);
      yield parsed.data;
    }
  } catch (error) {
    throw error instanceof LedgerError ? error : server.silent(error);
  }
}
