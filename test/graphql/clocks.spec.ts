import { expect } from "chai";
import { at } from "../support/given.js";
import { CLOCK_TERMS } from "../support/terms.js";
import { each, list, openApi, pick, plain, type Api, type Variables } from "./api.js";
import { send } from "./commands.js";

/** Worked example 5: reported to the supplier on Fri 25 October 2019 at 16:30, to be restored within four hours of office time. */
const FRIDAY = "2019-10-25T16:30:00+02:00";
const CONTRACT: readonly (readonly [field: string, input: Variables])[] = [
  ["awardContract", { contractId: "spc-cloud", title: "SPC Cloud lotto 1", supplier: "Telecom Italia", effectiveFrom: "2017-01-01" }],
  ["agreeTerms", { contractId: "spc-cloud", terms: { ...CLOCK_TERMS, contractId: "spc-cloud" } }],
  ["catalogueService", { serviceId: "protocollo", name: "Protocollo informatico", contractId: "spc-cloud", effectiveFrom: "2018-01-01" }],
];
function broken(incidentId: string, occurredAt: string, severity = "HIGH"): readonly (readonly [field: string, input: Variables])[] {
  return [
    ["reportIncident", { incidentId, occurredAt, title: "Protocollo fermo" }], ["assignSeverity", { incidentId, occurredAt, severity }],
    ["openDisruption", { incidentId, disruptionId: "fermo", serviceId: "protocollo", degree: "OUTAGE", occurredAt }],
  ];
}
async function tell(api: Api, commands: readonly (readonly [field: string, input: Variables])[]): Promise<unknown> {
  let answer: unknown;
  for (const [field, input] of commands) answer = await send(api, field, input);
  return answer;
}
const FRIDAYS = [...broken("cloud", FRIDAY), ["notifySupplier", { incidentId: "cloud", entryId: "telefonata", channel: "PHONE", occurredAt: FRIDAY }]] as const;
const ack = (incidentId: string, occurredAt = FRIDAY) => ["acknowledgeIncident", { incidentId, occurredAt }] as const;
const end = (incidentId: string, occurredAt: string) => ["endDisruption", { incidentId, disruptionId: "fermo", occurredAt }] as const;

describe("clocks over GraphQL", () => {
  let api: Api;
  beforeEach(async () => {
    api = await openApi(at(FRIDAY));
    await tell(api, CONTRACT);
  });
  afterEach(() => api.close());
  const ask = async (args: string, fields = "incidentId indicatorId state"): Promise<readonly unknown[]> => list(await api.tell(`{ clocks${args} { nodes { ${fields} } } }`), "clocks", "nodes");
  const restore = async (fields: string, args = '(incidentId: "cloud")'): Promise<unknown> => (await ask(args, `indicatorId ${fields}`)).find((node) => pick(node, "indicatorId") === "ripristino");

  it("worked example 5: due on Monday at 10:30, with the pause at 12:30, and the pause is kept when the severity is raised", async () => {
    await tell(api, FRIDAYS);
    expect(await restore("clock state startedAt { earliest } startedIn target { iso8601 } remaining { min { iso8601 } } dueAt { earliest exact } nextChangeAt stoppedAt { earliest } severity contractId incident { title } contract { title }")).to.deep.equal({
      indicatorId: "ripristino", clock: "RESTORE", state: "RUNNING", startedAt: { earliest: "2019-10-25T14:30:00Z" }, startedIn: "2019-Q4", target: { iso8601: "PT4H" }, remaining: { min: { iso8601: "PT4H" } },
      dueAt: { earliest: "2019-10-28T09:30:00Z", exact: true }, nextChangeAt: "2019-10-28T08:30:00Z", stoppedAt: null, severity: "HIGH", contractId: "spc-cloud",
      incident: { title: "Protocollo fermo" }, contract: { title: "SPC Cloud lotto 1" },
    });
    api.now = at("2019-10-28T09:30:00+01:00");
    await tell(api, [
      ["pauseClock", { incidentId: "cloud", clock: "RESTORE", reason: "In attesa di un accesso", occurredAt: "2019-10-25T17:00:00+02:00" }],
      ["resumeClock", { incidentId: "cloud", clock: "RESTORE", occurredAt: "2019-10-28T09:00:00+01:00" }],
    ]);
    expect(await restore("state dueAt { latest } stops { cause from { earliest } to { earliest } }")).to.deep.equal({
      indicatorId: "ripristino", state: "RUNNING", dueAt: { latest: "2019-10-28T11:30:00Z" },
      stops: [{ cause: "PAUSED", from: { earliest: "2019-10-25T15:00:00Z" }, to: { earliest: "2019-10-28T08:00:00Z" } }],
    });
    await send(api, "assignSeverity", { incidentId: "cloud", severity: "CRITICAL", occurredAt: "2019-10-28T09:30:00+01:00" });
    expect(await restore("severity dueAt { earliest } elapsed { min { iso8601 } } remaining { max { iso8601 } }")).to.deep.equal({
      indicatorId: "ripristino", severity: "CRITICAL", dueAt: { earliest: "2019-10-28T09:30:00Z" }, elapsed: { min: { iso8601: "PT1H" } }, remaining: { max: { iso8601: "PT1H" } },
    });
  });

  it("are breached with nothing recorded, and stand as of then where that is asked", async () => {
    await tell(api, FRIDAYS);
    const before = pick(await api.tell("{ ledger { position } }"), "ledger", "position");
    api.now = at("2019-10-28T10:30:00.001+01:00");
    expect(await ask("")).to.deep.equal([{ incidentId: "cloud", indicatorId: "presa-in-carico", state: "BREACHED" }, { incidentId: "cloud", indicatorId: "ripristino", state: "BREACHED" }]);
    expect(await restore("state asOf", '(asOf: "2019-10-28T09:30:00+01:00")')).to.deep.equal({ indicatorId: "ripristino", state: "AT_RISK", asOf: "2019-10-28T08:30:00Z" });
    expect(await ask('(state: [AT_RISK], asOf: "2019-10-28T09:30:00+01:00")', "indicatorId")).to.deep.equal([{ indicatorId: "ripristino" }]);
    await tell(api, [ack("cloud"), end("cloud", "2019-10-28T10:00:00+01:00")]);
    expect(await ask("")).to.deep.equal([]);
    expect(await ask('(incidentId: "cloud", state: [MET])', "indicatorId")).to.have.length(2);
    expect(await ask(`(incidentId: "cloud", knownAt: { position: "${String(before)}" }, asOf: "2019-10-28T12:00:00+01:00")`, "state")).to.deep.equal([{ state: "BREACHED" }, { state: "BREACHED" }]);
  });

  it("of an incident lie with its times", async () => {
    await tell(api, [...FRIDAYS, ack("cloud")]);
    const clocks = pick(await api.tell('{ incident(id: "cloud") { clocks { supplierNotifiedAt { earliest } readings { clock state } at: readings(asOf: "2019-10-29T12:00:00Z") { state } } } }'), "incident", "clocks");
    expect(clocks).to.deep.equal({
      supplierNotifiedAt: { earliest: "2019-10-25T14:30:00Z" }, readings: [{ clock: "ACKNOWLEDGE", state: "MET" }, { clock: "RESTORE", state: "RUNNING" }], at: [{ state: "MET" }, { state: "BREACHED" }],
    });
  });

  it("come in the order in which they are due, page by page; those of a period too", async () => {
    for (const day of [24, 22, 23]) await tell(api, broken(`guasto-${day}`, `2019-10-${day}T10:00:00+02:00`));
    const seen: unknown[] = [];
    for (let after = "", more = true; more; ) {
      const page = pick(await api.tell(`{ clocks(first: 2${after === "" ? "" : `, after: "${after}"`}) { nodes { incidentId clock } pageInfo { hasNextPage endCursor } } }`), "clocks");
      seen.push(...list(page, "nodes").map((node) => `${String(pick(node, "incidentId"))} ${String(pick(node, "clock"))}`));
      after = String(pick(page, "pageInfo", "endCursor"));
      more = pick(page, "pageInfo", "hasNextPage") === true;
    }
    expect(seen).to.deep.equal([22, 23, 24].flatMap((day) => [`guasto-${day} ACKNOWLEDGE`, `guasto-${day} RESTORE`]));
    await tell(api, [ack("guasto-23", "2019-10-23T10:10:00+02:00"), end("guasto-23", "2019-10-23T11:10:00+02:00")]);
    expect(await ask('(started: { day: "2019-10-23" }, state: [MET])', "incidentId")).to.deep.equal([{ incidentId: "guasto-23" }, { incidentId: "guasto-23" }]);
    expect(each(await ask("(first: 100)", "incidentId"), "incidentId")).to.not.include("guasto-23");
    expect(await ask('(contractId: "un-altro")')).to.deep.equal([]);
  });

  it("refuse states of clocks that have stopped where only running ones are looked at, a foreign cursor, and what is no id or period", async () => {
    const refused = async (args: string): Promise<unknown> => (await api.refuse(`{ clocks${args} { nodes { state } } }`)).extensions;
    expect(await refused("(state: [RUNNING, MET])")).to.include({ code: "INVALID_INPUT", field: "state" });
    expect(await refused('(after: "x")')).to.include({ code: "INVALID_INPUT", field: "after" });
    expect(await refused("(first: 0)")).to.include({ code: "INVALID_INPUT", field: "first" });
    expect(await refused('(contractId: "non è un id")')).to.include({ code: "INVALID_ID", field: "contractId" });
    expect(await refused('(incidentId: "")')).to.include({ code: "INVALID_ID", field: "incidentId" });
    expect(await refused('(started: { month: "2019-13" })')).to.include({ code: "INVALID_PERIOD" });
    expect(await refused('(knownAt: { position: "99999" })')).to.include({ code: "UNKNOWN_POSITION" });
  });
});

const CHANGE = "position at cause event { type } incidentId indicatorId before state clock { state asOf }";
/** What a change says, in one line: when, whose, which way. */
function lineOf(change: unknown): string {
  const [when, why, event, indicator, before, after] = [["at"], ["cause"], ["event", "type"], ["indicatorId"], ["before"], ["state"]].map((path) => String(pick(change, ...path)));
  return `${when ?? ""} ${event === "undefined" ? (why ?? "") : (event ?? "")}: ${indicator ?? ""} ${before ?? ""} > ${after ?? ""}`;
}

describe("clocks that change", () => {
  let api: Api;
  beforeEach(async () => {
    api = await openApi(at(FRIDAY));
    await tell(api, CONTRACT);
  });
  afterEach(() => api.close());

  /** A subscription, whose changes are taken one by one. */
  async function follow(args = ""): Promise<{ next(count: number): Promise<readonly unknown[]>; end(): Promise<void> }> {
    const changes = await api.follow(`subscription { clockChanged${args} { ${CHANGE} } }`);
    return {
      next: async (count) => {
        const seen: unknown[] = [];
        while (seen.length < count) seen.push(pick(plain((await changes.next()).value), "data", "clockChanged"));
        return seen;
      },
      end: async () => {
        await changes.return();
      },
    };
  }

  it("tell at risk and breached at the very millisecond, with nothing recorded", async () => {
    await tell(api, [...FRIDAYS, ack("cloud")]);
    const changes = await follow('(incidentId: "cloud")');
    const first = changes.next(1);
    await api.alarm.isSetTo(at("2019-10-28T09:30:00+01:00"));
    api.now = at("2019-10-28T09:29:59.999+01:00");
    expect(api.alarm.settings, "not yet").to.deep.equal([at("2019-10-28T09:30:00+01:00")]);
    api.now = at("2019-10-28T09:30:00+01:00");
    expect((await first).map(lineOf)).to.deep.equal(["2019-10-28T08:30:00Z TIME: ripristino RUNNING > AT_RISK"]);
    const second = changes.next(1);
    await api.alarm.isSetTo(at("2019-10-28T10:30:00.001+01:00"));
    api.now = at("2019-10-28T15:00:00+01:00");
    const told = await second;
    expect(told.map(lineOf), "told late, it says when it was").to.deep.equal(["2019-10-28T09:30:00.001Z TIME: ripristino AT_RISK > BREACHED"]);
    expect(pick(told[0], "clock")).to.deep.equal({ state: "BREACHED", asOf: "2019-10-28T09:30:00.001Z" });
    expect(pick(told[0], "position")).to.equal(pick(await api.tell("{ ledger { position } }"), "ledger", "position"));
    await changes.end();
    expect(api.alarm.settings).to.deep.equal([]);
  });

  it("tell what is recorded: there, paused, running again, met; and what was corrected and withdrawn", async () => {
    const changes = await follow();
    const told = changes.next(8);
    await tell(api, [...FRIDAYS, ack("cloud"), ["pauseClock", { incidentId: "cloud", clock: "RESTORE", reason: "In attesa", occurredAt: FRIDAY }], ["resumeClock", { incidentId: "cloud", clock: "RESTORE", occurredAt: FRIDAY }]]);
    const eventId = pick(await tell(api, [end("cloud", FRIDAY)]), "endDisruption", "events", 0, "id");
    api.now = at("2019-10-28T12:00:00+01:00");
    await send(api, "correctRecord", { eventId, reason: "Il registro", fact: { disruptionEnded: { incidentId: "cloud", disruptionId: "fermo", occurredAt: "2019-10-28T11:00:00+01:00" } } });
    await send(api, "withdrawRecord", { category: "INCIDENT", subjectId: "cloud", eventId, reason: "Non era finito" });
    await tell(api, [end("cloud", "2019-10-28T10:30:00+01:00")]);
    expect((await told).map((change) => lineOf(change).replace(/^\S+ /, ""))).to.deep.equal([
      // Whose clocks they are is known with the first disruption.
      "DisruptionOpened: presa-in-carico null > RUNNING", "DisruptionOpened: ripristino null > RUNNING", "IncidentAcknowledged: presa-in-carico RUNNING > MET",
      "ClockPaused: ripristino RUNNING > PAUSED", "ClockResumed: ripristino PAUSED > RUNNING", "DisruptionEnded: ripristino RUNNING > MET",
      "RecordCorrected: ripristino MET > BREACHED", "DisruptionEnded: ripristino BREACHED > MET",
    ]);
    await changes.end();
  });

  it("tell what terms that come later do to clocks that run, and that a withdrawal takes away", async () => {
    await tell(api, [["awardContract", { contractId: "rete", title: "Rete", supplier: "Rete Lombarda", effectiveFrom: "2017-01-01" }], ["reportIncident", { incidentId: "linea", occurredAt: FRIDAY, title: "Linea ferma", contractId: "rete" }]]);
    await send(api, "assignSeverity", { incidentId: "linea", occurredAt: FRIDAY, severity: "HIGH" });
    const changes = await follow('(contractId: "rete")');
    const told = changes.next(2);
    const eventId = pick(await send(api, "agreeTerms", { contractId: "rete", terms: { ...CLOCK_TERMS, contractId: "rete" } }), "agreeTerms", "events", 0, "id");
    await tell(api, FRIDAYS);
    await send(api, "withdrawRecord", { category: "CONTRACT", subjectId: "rete", eventId, reason: "Bozza" });
    const seen = await told;
    expect(seen.map((change) => lineOf(change).replace(/^\S+ /, ""))).to.deep.equal(["TermsAgreed: presa-in-carico null > RUNNING", "RecordWithdrawn: presa-in-carico RUNNING > null"]);
    expect(pick(seen[1], "clock")).to.equal(null);
    await changes.end();
  });

  it("from a position on tell again what was recorded after it and what time changed in between, as they told it then", async () => {
    const live = await follow();
    const told = live.next(6);
    await tell(api, FRIDAYS);
    const from = String(pick(await api.tell("{ ledger { position } }"), "ledger", "position"));
    await api.alarm.isSetTo(at("2019-10-25T17:15:00+02:00"));
    api.now = at("2019-10-25T17:20:00+02:00");
    await tell(api, [ack("cloud", "2019-10-25T17:20:00+02:00")]);
    await api.alarm.isSetTo(at("2019-10-28T09:30:00+01:00"));
    api.now = at("2019-10-28T10:30:00.001+01:00");
    const first = await told;
    expect(first.slice(2).map(lineOf)).to.deep.equal([
      "2019-10-25T15:15:00Z TIME: presa-in-carico RUNNING > AT_RISK", "2019-10-25T15:20:00Z IncidentAcknowledged: presa-in-carico AT_RISK > MET",
      "2019-10-28T08:30:00Z TIME: ripristino RUNNING > AT_RISK", "2019-10-28T09:30:00.001Z TIME: ripristino AT_RISK > BREACHED",
    ]);
    const again = await follow(`(from: "${from}")`);
    expect(await again.next(4)).to.deep.equal(first.slice(2));
    await Promise.all([live.end(), again.end()]);
  });

  it("miss nothing and tell nothing twice while much is recorded and time passes", async () => {
    const incidents = Array.from({ length: 12 }, (_, n) => `guasto-${n}`);
    const changes = await follow();
    const told = changes.next(incidents.length * 6);
    for (const [n, id] of incidents.entries()) {
      await tell(api, broken(id, FRIDAY));
      if (n % 3 === 0) api.now = at("2019-10-25T16:31:00+02:00");
    }
    api.now = at("2019-10-28T10:00:00+01:00");
    await Promise.all(incidents.map((id) => tell(api, [ack(id, "2019-10-25T16:40:00+02:00")])));
    const lines = (await told).map((change) => `${String(pick(change, "incidentId"))} ${lineOf(change)}`);
    for (const id of incidents) {
      const own = lines.filter((line) => line.startsWith(`${id} `)).map((line) => line.replace(/^.*: /, ""));
      expect(own.filter((line) => line.startsWith("ripristino")), id).to.deep.equal(["ripristino null > RUNNING", "ripristino RUNNING > AT_RISK"]);
      expect(own.filter((line) => line.startsWith("presa")), id).to.deep.equal(["null > RUNNING", "RUNNING > AT_RISK", "AT_RISK > BREACHED", "BREACHED > MET"].map((way) => `presa-in-carico ${way}`));
    }
    await changes.end();
  });

  it("refuse a position that no store gave and what is no id", async () => {
    const refused = async (args: string): Promise<string> => follow(args).then(() => "accepted", (error: unknown) => String(error));
    expect(await refused('(from: "none")')).to.include("UNKNOWN_POSITION");
    expect(await refused('(from: "99999")')).to.include("UNKNOWN_POSITION");
    expect(await refused('(contractId: "non è un id")')).to.include("INVALID_ID");
    expect(await refused('(incidentId: "")')).to.include("INVALID_ID");
  });

  it("that are ended while they wait hold nothing", async () => {
    await tell(api, FRIDAYS);
    const changes = await api.follow("subscription { clockChanged { position } }");
    const waiting = changes.next();
    await api.alarm.isSetTo(at("2019-10-25T17:15:00+02:00"));
    await changes.return();
    expect(await waiting).to.deep.equal({ value: undefined, done: true });
    expect(api.alarm.settings).to.deep.equal([]);
  });
});
