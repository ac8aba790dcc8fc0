import type { DisruptionRef, Naming } from "./naming.js";
import { plural } from "./plural.js";
import type { Headlines, Words } from "./words.js";

const quoted = (text: { readonly text: string } | undefined): string => (text === undefined ? "" : `: «${text.text}»`);
const scope = { all: "per tutti gli enti che lo usano", bodies: (names: string) => `per ${names}` };

/** The service that a disruption hits, and which disruption of it. */
const disrupted = (ref: DisruptionRef, names: Naming): string => {
  const service = names.disrupted(ref);
  return service === undefined ? `Disservizio ${ref.disruptionId}` : `${service} (${ref.disruptionId})`;
};

const headline: Headlines = {
  BodyJoined: ({ name }) => `${name} aderisce al CST`,
  BodyRenamed: ({ bodyId, name }, { names }) => `${names.body(bodyId)} si chiama ${name}`,
  WorkstationsDeclared: ({ bodyId, workstations }, { names }) => `${names.body(bodyId)} ha ${plural(workstations, "postazione", "postazioni")}`,
  BodyLeft: ({ bodyId }, { names }) => `${names.body(bodyId)} lascia il CST`,
  ServiceCatalogued: ({ name }) => `${name} è a catalogo`,
  ServiceAdopted: ({ serviceId, bodyId }, { names }) => `${names.body(bodyId)} attiva ${names.service(serviceId)}`,
  ServiceDropped: ({ serviceId, bodyId }, { names }) => `${names.body(bodyId)} disattiva ${names.service(serviceId)}`,
  ContractAwarded: ({ title, supplier }) => `Contratto affidato: ${title}, a ${supplier}`,
  ContractAmended: ({ amount, reason }, { money }) => `Contratto modificato in ${money(amount.amountCents, amount.currency)}: «${reason}»`,
  FeeAgreed: ({ fee, per }, { money }) => `Canone concordato: ${money(fee.amountCents, fee.currency)} ${periods[per]}`,
  WorkstationCostAgreed: ({ yearlyCost }, { money }) => `Costo per postazione concordato: ${money(yearlyCost.amountCents, yearlyCost.currency)} l'anno`,
  TermsAgreed: ({ terms }) => `Condizioni concordate: ${terms.title}`,
  PenaltyDetermined: ({ penaltyId, amount, computation, text }, { money }) =>
    `Penale ${penaltyId} accertata: ${money(amount.amountCents, amount.currency)}, dal calcolo ${computation.number} di ${computation.period}${quoted(text)}`,
  PenaltyAdjusted: ({ penaltyId, amount, reason }, { money }) => `Penale ${penaltyId} modificata di ${money(amount.amountCents, amount.currency)}: «${reason}»`,
  PenaltyCollected: ({ penaltyId, amount, text }, { money }) =>
    `${amount.amountCents > 0 ? "Incassati" : "Restituiti"} ${money(Math.abs(amount.amountCents), amount.currency)} della penale ${penaltyId}${quoted(text)}`,
  PenaltyApportioned: ({ penaltyId, amount, shares }, { money }) =>
    `Ripartiti ${money(amount.amountCents, amount.currency)} della penale ${penaltyId} fra ${plural(shares.length, "ente", "enti")}`,
  AssessmentComputed: ({ period, number, verdicts }) =>
    `Livelli di servizio di ${period}, calcolo ${number}: ${plural(verdicts.breached, "livello non rispettato", "livelli non rispettati")}`,
  FindingRecorded: ({ findingId, text }) => `Rilievo ${findingId}${quoted(text)}`,
  ObjectionRaised: ({ objectionId, channel, text }) => `Contestazione ${objectionId} (${channels[channel]})${quoted(text)}`,
  CounterArgumentsReceived: ({ objectionId, text }) => `Controdeduzioni alla contestazione ${objectionId}${quoted(text)}`,
  ExclusionGranted: ({ exclusionId, text }) => `Esclusione ${exclusionId} accolta${quoted(text)}`,
  ExclusionRefused: ({ exclusionId, text }) => `Esclusione ${exclusionId} respinta${quoted(text)}`,
  ObligationApplies: ({ bodyId, regime, reason }, { names }) => `${regime.title.it}: si applica a ${names.body(bodyId)}, «${reason}»`,
  ObligationDoesNotApply: ({ bodyId, regimeId, reason }, { names }) => `${regimeId}: non si applica a ${names.body(bodyId)}, «${reason}»`,
  AwarenessEstablished: ({ bodyId, regimeId, text }, { names }) => `${regimeId}: ${names.body(bodyId)} ne è a conoscenza${quoted(text)}`,
  NotificationFiled: ({ bodyId, regimeId, stage, reference }, { names }) => `${regimeId}: ${names.body(bodyId)} ha trasmesso ${stage}${reference === undefined ? "" : ` (${reference})`}`,
  MaintenanceAnnounced: ({ serviceIds, window, text }, { names, time }) =>
    `Manutenzione di ${serviceIds.map(names.service).join(", ")} fino al ${time(window.end)}${quoted(text)}`,
  MaintenanceCancelled: ({ maintenanceId, reason }) => `Manutenzione ${maintenanceId} annullata${reason === undefined ? "" : `: «${reason}»`}`,
  IncidentReported: ({ title, description }) => `Incidente segnalato: ${title}${quoted(description)}`,
  SeverityAssigned: ({ severity }) => `Gravità: ${it.severity[severity]}`,
  IncidentAcknowledged: ({ text }) => `Presa in carico del fornitore${quoted(text)}`,
  DisruptionOpened: ({ serviceId, degree, scope: hit, text }, { names }) =>
    `${names.service(serviceId)}: ${it.degree[degree]} ${hit.kind === "all" ? scope.all : scope.bodies(hit.bodyIds.map(names.body).join(", "))}${quoted(text)}`,
  DisruptionRescoped: ({ scope: hit, ...of }, { names }) =>
    `${disrupted(of, names)}: da ora ${hit.kind === "all" ? scope.all : scope.bodies(hit.bodyIds.map(names.body).join(", "))}`,
  DisruptionDegreeChanged: ({ degree, ...of }, { names }) => `${disrupted(of, names)}: ora ${it.degree[degree]}`,
  DisruptionEnded: ({ text, ...of }, { names }) => `${disrupted(of, names)}: servizio ripristinato${quoted(text)}`,
  ResponseRecorded: ({ text }) => `Azione intrapresa${quoted(text)}`,
  SupplierNotified: ({ channel, text }) => `Avviso al fornitore (${channels[channel]})${quoted(text)}`,
  SupplierStatementReceived: ({ text }) => `Il fornitore dichiara${quoted(text)}`,
  MembersInformed: ({ channel, text }) => `Comunicazione agli enti (${channels[channel]})${quoted(text)}`,
  ClockPaused: ({ clock, reason }) => `Sospeso il tempo di ${clocks[clock]}: «${reason}»`,
  ClockResumed: ({ clock }) => `Riparte il tempo di ${clocks[clock]}`,
  CauseAttributed: ({ category, party, text }) => `Causa: ${causes[category]}, ${parties[party]}${quoted(text)}`,
  ImprovementPromised: ({ text, dueAt }, { time }) => `Miglioramento promesso${dueAt === undefined ? "" : ` entro il ${time(dueAt)}`}${quoted(text)}`,
  ImprovementCompleted: ({ text }) => `Miglioramento completato${quoted(text)}`,
  EvidenceAttached: ({ fileName, text }) => `Prova: ${fileName}${quoted(text)}`,
  IncidentResolved: ({ text }) => `Incidente risolto${quoted(text)}`,
  IncidentReopened: ({ reason }) => `Incidente riaperto: «${reason}»`,
  IncidentClosed: ({ text }) => `Incidente chiuso${quoted(text)}`,
  ReportFiled: ({ title, text }) => `Relazione depositata: ${title}${quoted(text)}`,
};

const periods = { month: "al mese", quarter: "al trimestre", year: "all'anno" };
const clocks = { acknowledge: "presa in carico", restore: "ripristino" };
const channels = { email: "e-mail", "certified-email": "PEC", phone: "telefono", portal: "portale", meeting: "riunione", web: "web", other: "altro" };
const causes = {
  hardware: "hardware", software: "software", network: "rete", power: "alimentazione", capacity: "capacità", change: "un cambiamento",
  "human-error": "errore umano", security: "sicurezza", "third-party": "un terzo", unknown: "non nota",
};
const parties = {
  supplier: "lato fornitore", "lead-body": "lato ente capofila", "member-body": "lato ente aderente", "third-party": "lato terzi", unknown: "lato non noto",
};

export const it: Words = {
  decimalMark: ",",
  groupMark: ".",
  date: (day, month, year) => `${day}/${month}/${year}`,
  between: (from, to) => `tra ${from} e ${to}`,
  degree: { outage: "interruzione", partial: "interruzione parziale", degraded: "degrado" },
  severity: { critical: "critica", high: "alta", medium: "media", low: "bassa" },
  cause: causes,
  party: parties,
  status: { open: "aperto", resolved: "risolto", closed: "chiuso" },
  state: { holds: "come registrato", corrected: "rettificato", withdrawn: "ritirato" },
  provisional: {
    "period-not-over": "il periodo non era concluso",
    "disruption-open": "un disservizio era in corso ed è contato fino ad allora",
    "incident-open": "un incidente era ancora aperto: i suoi tempi possono ancora arrivare",
    "deadline-ahead": "un termine (di un miglioramento o di una relazione) non era ancora scaduto",
  },
  communication: { "supplier-notified": "al fornitore", "supplier-statement": "dal fornitore", "members-informed": "agli enti" },
  notOwed: { "not-a-member": "non aderente al CST", "not-adopted": "servizio non attivato", "outside-service-hours": "fuori dall'orario di servizio" },
  notAssessable: "non valutabile",
  part: { counted: "tempo di servizio", excluded: "non contato", "not-owed": "non dovuto" },
  up: "servizio disponibile",
  disrupted: ({ degree, disruption, incident, weight, downtime, lostHours }) =>
    `${degree} per il disservizio ${disruption} (incidente ${incident}), peso ${weight}: ${downtime} di fermo, ${lostHours} ore-postazione perse`,
  excluded: {
    maintenance: (id) => `manutenzione ${id}, annunciata in tempo: non contata, qualunque altra cosa sia accaduta`,
    window: (name) => `finestra di manutenzione ${name} delle condizioni: non contata, qualunque altra cosa sia accaduta`,
    granted: (id, period) => `esclusione ${id} accolta per ${period}: non contata, qualunque altra cosa sia accaduta`,
  },
  bodiesHit: (hit, owed) => `${plural(hit, "ente colpito", "enti colpiti")} su ${owed}`,
  cost: ({ lostHours, yearlyCost, unionHours, year, cost }) =>
    `${lostHours} ore-postazione perse × ${yearlyCost} l'anno ÷ ${unionHours} ore di servizio nel ${year} = ${cost}`,
  corrected: ({ by, at, reason }) => `rettificato da ${by} il ${at}: «${reason}»`,
  withdrawn: ({ by, at, reason }) => `ritirato da ${by} il ${at}: «${reason}»`,
  headline,
  level: {
    verdict: { met: "rispettato", breached: "non rispettato", undetermined: "indeterminato", "not-assessable": "non valutabile" },
    unit: {
      "percentage-points": { one: "punto percentuale", many: "punti percentuali" }, percent: { one: "punto percentuale", many: "punti percentuali" },
      minutes: { one: "minuto", many: "minuti" }, hours: { one: "ora", many: "ore" }, days: { one: "giorno", many: "giorni" }, cases: { one: "caso", many: "casi" },
    },
    stepCount: { commenced: { one: "passo iniziato", many: "passi iniziati" }, whole: { one: "passo intero", many: "passi interi" } },
    sentence: ({ title, figure, threshold, verdict }) => `${title}: ${figure}, ${threshold}: ${verdict}`,
    inTime: (percent) => `${percent} nei tempi`,
    failure: { one: "guasto", many: "guasti" },
    atLeast: (threshold) => `soglia ${threshold}`,
    atMost: (threshold) => `al massimo ${threshold}`,
    stepsBelow: ({ beyond, step, steps, count, rate, base, amount }) => `${beyond} sotto la soglia = ${steps} da ${step}; ${count} × ${rate} × ${base} = ${amount}`,
    stepsBeyond: ({ beyond, step, steps, count, rate, base, amount }) => `${beyond} oltre l'obiettivo = ${steps} da ${step}; ${count} × ${rate} × ${base} = ${amount}`,
    tier: ({ beyond, rate, base, amount }) => `${beyond} sotto la soglia; ${rate} × ${base} = ${amount}`,
    cases: ({ count, each, amount }) => `${count} × ${each} = ${amount}`,
  },
};
