import type { Language } from "../../reports/words/languages.js";
import type { ClockState } from "../../sla/clock.js";
import type { StageState } from "../../reports/obligations/board.js";
import { plural } from "../../reports/words/plural.js";

/** What the pages of the command line say around the reports' own sentences. */
export interface PageWords {
  readonly timeline: string;
  readonly impactByBody: string;
  readonly impactOf: (body: string) => string;
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  /** Of days that a timeline shows only by their date. */
  readonly fromThatDay: string;
  readonly recorded: string;
  readonly was: string;
  readonly because: string;
  readonly withdrawn: string;
  readonly nothing: string;
  readonly knownAt: (position: string, time: string) => string;
  readonly nothingKnown: string;
  readonly provisional: string;
  readonly provisionalKnowledge: string;
  readonly incomplete: (events: number) => string;
  readonly illustrative: string;
  readonly legend: readonly (readonly [mark: string, meaning: string])[];
  readonly columns: {
    readonly body: string;
    readonly service: string;
    readonly workstations: string;
    readonly agreed: string;
    readonly availability: string;
    readonly downtime: string;
    readonly lostHours: string;
    readonly cost: string;
  };
  readonly total: string;
  readonly totalOfBodies: (bodies: number) => string;
  readonly costNote: string;
  readonly serviceHoursNote: string;
  readonly disruptions: string;
  readonly noDisruptions: string;
  readonly goingOn: string;
  readonly alone: (duration: string) => string;
  readonly responses: string;
  readonly communications: string;
  readonly explanation: string;
  readonly favourable: string;
  readonly unfavourable: string;
  readonly howToExplain: string;
  /** Behind the title of terms that say of themselves that they were invented. */
  readonly illustrativeTerms: string;
  readonly assessment: AssessmentWords;
  readonly obligations: ObligationWords;
}

/** What the board of legal obligations says. */
export interface ObligationWords {
  readonly title: string;
  readonly nothing: string;
  readonly noneOfThat: string;
  readonly doesNotApply: string;
  readonly undecided: string;
  readonly bodies: (count: number) => string;
  readonly late: (duration: string) => string;
  readonly state: Readonly<Record<StageState, string>>;
  readonly columns: {
    readonly incident: string;
    readonly body: string;
    readonly regime: string;
    readonly stage: string;
    readonly state: string;
    readonly due: string;
    readonly filed: string;
    readonly remaining: string;
  };
}

/** What the pages of assessments say. */
export interface AssessmentWords {
  readonly title: string;
  readonly terms: string;
  readonly nothing: string;
  readonly noneOfThat: string;
  readonly indicator: string;
  readonly subject: string;
  readonly figure: string;
  readonly threshold: string;
  readonly verdict: string;
  readonly penalty: string;
  readonly arithmetic: string;
  readonly total: string;
  readonly noCap: string;
  readonly cap: (cap: string, used: string, left: string) => string;
  readonly cut: (due: string) => string;
  readonly missingBase: (indicator: string, base: string) => string;
  readonly base: { readonly "period-fee": string; readonly "contract-amount": string };
  readonly per: { readonly month: string; readonly quarter: string; readonly year: string };
  readonly took: (elapsed: string, target: string) => string;
  readonly summed: (agreed: string, downtime: string) => string;
  readonly worstCase: string;
  readonly state: Readonly<Record<ClockState, string>>;
}

const it: PageWords = {
  timeline: "Cronologia",
  impactByBody: "Impatto per ente",
  impactOf: (body) => `Impatto su ${body}`,
  weekdays: ["domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"],
  months: ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
  fromThatDay: "da oggi",
  recorded: "registrato",
  was: "era",
  because: "perché",
  withdrawn: "ritirato",
  nothing: "Niente è registrato in questo periodo.",
  knownAt: (position, time) => `Noto alla posizione ${position}, ${time}.`,
  nothingKnown: "Allora nel registro non c'era ancora niente.",
  provisional: "Provvisorio",
  provisionalKnowledge: "domani la stessa domanda può avere un'altra risposta",
  incomplete: (events) => `Incompleto: ${plural(events, "evento che questa versione non comprende", "eventi che questa versione non comprende")}.`,
  illustrative: "illustrativo: in tutto o in parte inventato per la dimostrazione",
  legend: [["◆", "incidente"], ["▼", "si ferma"], ["▾", "cambia"], ["▲", "torna"], ["●", "azione"], ["→", "comunicazione"], ["←", "dal fornitore"], ["¶", "documento"], ["✎", "rettifica"], ["✗", "ritirato"]],
  columns: {
    body: "Ente", service: "Servizio", workstations: "Postazioni", agreed: "Tempo dovuto", availability: "Disponibilità %", downtime: "Fermo",
    lostHours: "Ore-postazione perse", cost: "Costo",
  },
  total: "Totale, ogni ora una volta sola",
  totalOfBodies: (bodies) => `Totale, ${plural(bodies, "ente", "enti")}`,
  costNote: "Costo = ore-postazione perse × costo annuo per postazione ÷ ore di servizio nell'anno.",
  serviceHoursNote: "Orario di servizio delle condizioni in vigore, 24 ore su 24 dove il contratto non ne ha; ciò che è escluso (manutenzione annunciata in tempo, esclusioni accolte) non conta.",
  disruptions: "Disservizi",
  noDisruptions: "Nessun disservizio ha colpito questo ente.",
  goingOn: "in corso",
  alone: (duration) => `da solo ${duration}`,
  responses: "Azioni intraprese",
  communications: "Comunicazioni",
  explanation: "Come si arriva a queste cifre",
  favourable: "nel caso più favorevole al fornitore",
  unfavourable: "nel caso meno favorevole al fornitore",
  howToExplain: "Con --explain: come si arriva a ogni cifra.",
  illustrativeTerms: "(illustrative: inventate, di nessun contratto)",
  assessment: {
    title: "Livelli di servizio", terms: "Condizioni", nothing: "Nessun livello di servizio si valuta su questo periodo: nessuna condizione in vigore ha indicatori di questa durata.", noneOfThat: "Nessun livello di servizio ha l'esito chiesto.",
    indicator: "Indicatore", subject: "Ente, servizio", figure: "Misura", threshold: "Soglia", verdict: "Esito", penalty: "Penale", arithmetic: "Come si arriva alle penali",
    total: "Penali in tutto", noCap: "Il tetto non si può calcolare: manca l'importo del contratto.",
    cap: (cap, used, left) => `Tetto sull'intero contratto: ${cap}, usati ${used}, restano ${left}.`,
    cut: (due) => `Entro il tetto: ${due}.`,
    missingBase: (indicator, base) => `La penale di ${indicator} non si può calcolare: manca ${base}.`,
    base: { "period-fee": "il canone del periodo", "contract-amount": "l'importo del contratto" },
    per: { month: "al mese", quarter: "al trimestre", year: "all'anno" },
    summed: (agreed, downtime) => `In tutto: ${agreed} di tempo di servizio, ${downtime} di fermo`, worstCase: "nel caso meno favorevole al fornitore",
    took: (elapsed, target) => `${elapsed} su ${target}`,
    state: { running: "in corso", "at-risk": "a rischio", paused: "sospeso", met: "nei tempi", breached: "fuori tempo", undetermined: "indeterminato", "no-target": "senza obiettivo" },
  },
  obligations: {
    title: "Obblighi di notifica", nothing: "Nessuna scadenza: nessun regime è stato deciso applicabile.", noneOfThat: "Nessuna scadenza fra gli obblighi chiesti.", doesNotApply: "Non si applica", undecided: "Da decidere: il silenzio non è una risposta",
    bodies: (count) => plural(count, "ente", "enti"), late: (duration) => `in ritardo di ${duration}`,
    state: { "not-aware": "in attesa", running: "in corso", "due-soon": "in scadenza", filed: "trasmessa, conoscenza ignota", "filed-in-time": "in tempo", "filed-late": "in ritardo", missed: "mancata" },
    columns: { incident: "Incidente", body: "Ente", regime: "Regime", stage: "Fase", state: "Stato", due: "Scadenza", filed: "Trasmessa il", remaining: "Resta" },
  },
};

const en: PageWords = {
  timeline: "Timeline",
  impactByBody: "Impact by body",
  impactOf: (body) => `Impact on ${body}`,
  weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  fromThatDay: "from today",
  recorded: "recorded",
  was: "was",
  because: "because",
  withdrawn: "withdrawn",
  nothing: "Nothing is recorded in this period.",
  knownAt: (position, time) => `Known at position ${position}, ${time}.`,
  nothingKnown: "Nothing was in the ledger then.",
  provisional: "Provisional",
  provisionalKnowledge: "the same question may be answered differently tomorrow",
  incomplete: (events) => `Incomplete: ${plural(events, "event that this release does not understand", "events that this release does not understand")}.`,
  illustrative: "illustrative: invented for the demo, in whole or in part",
  legend: [["◆", "incident"], ["▼", "down"], ["▾", "changed"], ["▲", "back"], ["●", "response"], ["→", "communication"], ["←", "from the supplier"], ["¶", "document"], ["✎", "correction"], ["✗", "withdrawn"]],
  columns: {
    body: "Body", service: "Service", workstations: "Workstations", agreed: "Agreed time", availability: "Availability %", downtime: "Downtime",
    lostHours: "Workstation-hours lost", cost: "Cost",
  },
  total: "Total, each hour once",
  totalOfBodies: (bodies) => `Total, ${plural(bodies, "body", "bodies")}`,
  costNote: "Cost = workstation-hours lost × yearly cost of a workstation ÷ hours of service in the year.",
  serviceHoursNote: "Service hours of the terms in force, round the clock where the contract has none; what is excluded (maintenance announced in time, exclusions granted) does not count.",
  disruptions: "Disruptions",
  noDisruptions: "No disruption hit this body.",
  goingOn: "going on",
  alone: (duration) => `${duration} on its own`,
  responses: "Responses",
  communications: "Communications",
  explanation: "How these figures come about",
  favourable: "in the case most favourable to the supplier",
  unfavourable: "in the case least favourable to the supplier",
  howToExplain: "With --explain: how each figure comes about.",
  illustrativeTerms: "(illustrative: invented, of no contract)",
  assessment: {
    title: "Service levels", terms: "Terms", nothing: "No service level is assessed over this period: no terms in force have indicators of this length.", noneOfThat: "No service level has the verdict asked for.",
    indicator: "Indicator", subject: "Body, service", figure: "Figure", threshold: "Threshold", verdict: "Verdict", penalty: "Penalty", arithmetic: "How the penalties come about",
    total: "Penalties in all", noCap: "The cap cannot be worked out: the contract has no amount.",
    cap: (cap, used, left) => `Cap over the contract's life: ${cap}, used ${used}, left ${left}.`,
    cut: (due) => `Under the cap: ${due}.`,
    missingBase: (indicator, base) => `The penalty of ${indicator} cannot be worked out: ${base} is missing.`,
    base: { "period-fee": "the fee of the period", "contract-amount": "the contract amount" },
    per: { month: "a month", quarter: "a quarter", year: "a year" },
    summed: (agreed, downtime) => `In all: ${agreed} of agreed time, ${downtime} of downtime`, worstCase: "in the case least favourable to the supplier",
    took: (elapsed, target) => `${elapsed} of ${target}`,
    state: { running: "running", "at-risk": "at risk", paused: "paused", met: "in time", breached: "late", undetermined: "undetermined", "no-target": "without a target" },
  },
  obligations: {
    title: "Legal notifications", nothing: "Nothing is due: no regime was decided to apply.", noneOfThat: "Nothing is due among the obligations asked for.", doesNotApply: "Does not apply", undecided: "To be decided: silence is no answer",
    bodies: (count) => plural(count, "body", "bodies"), late: (duration) => `${duration} late`,
    state: { "not-aware": "waiting", running: "running", "due-soon": "due soon", filed: "filed, awareness unknown", "filed-in-time": "filed in time", "filed-late": "filed late", missed: "missed" },
    columns: { incident: "Incident", body: "Body", regime: "Regime", stage: "Stage", state: "State", due: "Due", filed: "Filed", remaining: "Left" },
  },
};

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = { it, en };

/** The other language, which stands second in headings. */
export function secondLanguage(language: Language): Language {
  return language === "it" ? "en" : "it";
}
