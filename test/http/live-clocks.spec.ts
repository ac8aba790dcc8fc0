import { expect } from "chai";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { actorId, commandId, disruptionId, entryId, incidentId, instant, position, type Position } from "../../src/kernel/brand.js";
import { unverified } from "../../src/graphql/context.js";
import type { FactCommand } from "../../src/domain/record.js";
import { termsSchema } from "../../src/domain/terms/terms.js";
import { loadSchema } from "../../src/graphql/schema.js";
import { AWARDED, CATALOGUED, PROTOCOLLO, SPC_CLOUD } from "../support/lecco.js";
import { CLOCK_TERMS } from "../support/terms.js";
import { at } from "../support/given.js";
import { urlOf } from "./open-line.js";
import { isRecord, serve, type Served } from "./served.js";

const CLOUD = { incidentId: incidentId("cloud") };
const TARGET_MS = 4_000;
const TERMS = termsSchema.parse({
  ...CLOCK_TERMS, contractId: SPC_CLOUD,
  indicators: [{ id: "ripristino", title: "Ripristino", kind: "time-to-restore", period: "month", shareInTime: "95", missed: "finding", targets: { high: { within: "PT4S", calendar: "sempre" } } }],
});
const AGREED: readonly FactCommand[] = [
  { type: "AwardContract", data: AWARDED.data },
  { type: "AgreeTerms", data: { contractId: SPC_CLOUD, terms: TERMS, effectiveFrom: at("2019-01-01T00:00:00+01:00") } },
  { type: "CatalogueService", data: CATALOGUED.data },
];

describe("clocks, over a WebSocket and by the system's own clock", () => {
  let served: Served;
  let agreedAt: Position;
  before(async () => {
    served = await serve({ schema: loadSchema() });
    agreedAt = await record(AGREED);
  });
  after(() => served.end());

  async function record(commands: readonly FactCommand[]): Promise<Position> {
    let last = position("0");
    for (const command of commands) {
      const result = await served.services.ledger.submit({ command, commandId: commandId(`${command.type}-${Math.random()}`), actor: unverified(actorId("lead-body")) });
      if (result.kind !== "accepted") throw new Error(result.refusal.message);
      last = result.position;
    }
    return last;
  }

  it("are told as they come to run, at risk and breached, with the very instant, while nothing is recorded", async () => {
    const client = createClient({ url: urlOf(served), webSocketImpl: WebSocket, retryAttempts: 0 });
    const changes = client.iterate({ query: `subscription { clockChanged(incidentId: "cloud", from: "${agreedAt}") { at cause state } }` });
    const first = changes.next();
    const occurredAt = instant(Date.now());
    await record([
      { type: "ReportIncident", data: { ...CLOUD, occurredAt, title: "Protocollo fermo" } }, { type: "AssignSeverity", data: { ...CLOUD, occurredAt, severity: "high" } },
      { type: "OpenDisruption", data: { ...CLOUD, disruptionId: disruptionId("fermo"), serviceId: PROTOCOLLO, scope: { kind: "all" }, degree: "outage", occurredAt } },
      { type: "NotifySupplier", data: { ...CLOUD, entryId: entryId("telefonata"), channel: "phone", occurredAt } },
    ]);
    const told = [changeIn(await first)];
    while (told.at(-1)?.["state"] !== "BREACHED") told.push(changeIn(await changes.next()));
    const iso = (ms: number): string => new Date(occurredAt + ms).toISOString().replace(".000Z", "Z");
    expect(told.map(({ state, cause }) => `${String(cause)} ${String(state)}`)).to.deep.equal(["RECORDED RUNNING", "TIME AT_RISK", "TIME BREACHED"]);
    expect(told.slice(1).map((change) => change["at"])).to.deep.equal([iso(TARGET_MS * 0.75), iso(TARGET_MS + 1)]);
    await client.dispose();
  });
});

function changeIn({ value }: { readonly value?: unknown }): Record<string, unknown> {
  const data = isRecord(value) && isRecord(value["data"]) ? value["data"]["clockChanged"] : undefined;
  if (isRecord(data)) return data;
  throw new TypeError(`no change: ${JSON.stringify(value)}`);
}
