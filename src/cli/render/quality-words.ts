import { plural } from "../../reports/words/plural.js";
import type { DeadlineState } from "../../reports/quality/deadline.js";
import type { StartedBy, TimeIndicator } from "../../reports/quality/elapsed.js";
import type { Language } from "../../reports/words/languages.js";

/** What the page of quality indicators says around its figures. */
export interface QualityWords {
  readonly title: string;
  readonly besides: (period: string) => string;
  readonly occurrences: string;
  readonly months: string;
  readonly times: string;
  readonly deadlines: string;
  readonly recurrences: string;
  readonly explanation: string;
  readonly columns: Readonly<Record<"severity" | "month" | "incidents" | "disruptions" | "before" | "change" | "time" | "counted" | "open" | "missing" | "mean" | "percentile" | "deadline" | "inTime" | "late" | "notDone" | "notDue" | "share", string>>;
  readonly total: string;
  readonly noSeverity: string;
  readonly notComparable: string;
  readonly indicator: Readonly<Record<TimeIndicator, string>>;
  readonly startedBy: Readonly<Record<StartedBy, string>>;
  readonly improvements: string;
  readonly reports: string;
  readonly serviceLevels: string;
  readonly state: Readonly<Record<DeadlineState, string>>;
  readonly undated: (count: number) => string;
  readonly recurring: (count: number, before: number) => string;
  readonly causeUnknown: (count: number) => string;
  readonly after: string;
  readonly nothingPromised: string;
  readonly promised: string;
  readonly dueBy: (time: string) => string;
  readonly withoutDate: string;
  readonly done: (time: string) => string;
  readonly soFar: (duration: string) => string;
  readonly notRecorded: string;
  readonly resolved: (time: string) => string;
  readonly filed: (time: string) => string;
  readonly notFiled: string;
  readonly noCases: string;
  readonly notes: readonly string[];
  readonly howToExplain: string;
}

const it: QualityWords = {
  title: "Indicatori di qualità",
  besides: (period) => `accanto al periodo prima: ${period}`,
  occurrences: "Incidenti e disservizi",
  months: "Mese per mese",
  times: "Tempi",
  deadlines: "Impegni e relazioni",
  recurrences: "Ricorrenze entro sei mesi",
  explanation: "Incidente per incidente",
  columns: {
    severity: "Gravità", month: "Mese", incidents: "Incidenti", disruptions: "Disservizi", before: "Prima", change: "Variazione", time: "Tempo di", counted: "Misurati", open: "In corso",
    missing: "Senza dato", mean: "Media", percentile: "90º percentile", deadline: "Che cosa", inTime: "Nei termini", late: "In ritardo", notDone: "Mancati", notDue: "Non scaduti", share: "Quota",
  },
  total: "Totale",
  noSeverity: "non assegnata",
  notComparable: "n. c.",
  indicator: { detect: "rilevazione", acknowledge: "presa in carico", inform: "avviso agli enti", restore: "ripristino" },
  startedBy: { occurred: "dall'inizio", detected: "dalla rilevazione", reported: "dalla segnalazione", "supplier-notified": "dalla segnalazione al fornitore" },
  improvements: "Miglioramenti promessi",
  reports: "Relazioni entro 30 giorni",
  serviceLevels: "Livelli di servizio",
  state: { "in-time": "nei termini", late: "in ritardo", undetermined: "nei termini o in ritardo, non si può dire", "not-done": "non fatto", "not-due": "non ancora scaduto" },
  undated: (count) => `Senza una data promessa: ${plural(count, "miglioramento", "miglioramenti")}.`,
  recurring: (count, before) => `${count === 0 ? "Nessuna" : `${plural(count, "incidente ha", "incidenti hanno")} la stessa causa di uno dei sei mesi precedenti`} (periodo prima: ${before}).`,
  causeUnknown: (count) => `Di ${plural(count, "incidente", "incidenti")} non si conosce la causa: se ricorra non si può dire.`,
  after: "dopo",
  nothingPromised: "nessun miglioramento promesso",
  promised: "promesso",
  dueBy: (time) => `entro il ${time}`,
  withoutDate: "senza data",
  done: (time) => `fatto ${time}`,
  soFar: (duration) => `in corso, finora ${duration}`,
  notRecorded: "senza dato: l'incidente è concluso e nessuno l'ha registrato",
  resolved: (time) => `risolto ${time}`,
  filed: (time) => `relazione ${time}`,
  notFiled: "nessuna relazione, e il termine è scaduto",
  noCases: "nessuno",
  notes: [
    "Un incidente appartiene al periodo in cui è avvenuto, un disservizio a quello in cui è cominciato. I tempi sono trascorsi di orologio, giorno e notte, senza sospensioni; presa in carico e ripristino partono dalla segnalazione al fornitore (o dalla segnalazione, o dall'inizio).",
    "Il 90º percentile è il tempo dell'incidente al posto ⌈0,9 n⌉ in ordine crescente. Medie e percentili sono tagliati al secondo, le quote al centesimo di punto. n. c.: non confrontabile, perché uno dei due periodi non ha il dato.",
  ],
  howToExplain: "Con --explain: gli incidenti dietro ogni cifra.",
};

const en: QualityWords = {
  title: "Quality indicators",
  besides: (period) => `beside the period before: ${period}`,
  occurrences: "Incidents and disruptions",
  months: "Month by month",
  times: "Times",
  deadlines: "Promises and reports",
  recurrences: "Recurrences within six months",
  explanation: "Incident by incident",
  columns: {
    severity: "Severity", month: "Month", incidents: "Incidents", disruptions: "Disruptions", before: "Before", change: "Change", time: "Time to", counted: "Measured", open: "Going on",
    missing: "Missing", mean: "Mean", percentile: "90th percentile", deadline: "What", inTime: "In time", late: "Late", notDone: "Not done", notDue: "Not due", share: "Share",
  },
  total: "Total",
  noSeverity: "not assigned",
  notComparable: "n/c",
  indicator: { detect: "detect", acknowledge: "acknowledge", inform: "inform the members", restore: "restore" },
  startedBy: { occurred: "from its beginning", detected: "from its detection", reported: "from its report", "supplier-notified": "from the report to the supplier" },
  improvements: "Promised improvements",
  reports: "Reports within 30 days",
  serviceLevels: "Service levels",
  state: { "in-time": "in time", late: "late", undetermined: "in time or late, which cannot be said", "not-done": "not done", "not-due": "not due yet" },
  undated: (count) => `Without a promised date: ${plural(count, "improvement", "improvements")}.`,
  recurring: (count, before) => `${count === 0 ? "None" : `${plural(count, "incident has", "incidents have")} the same cause as one of the six months before`} (period before: ${before}).`,
  causeUnknown: (count) => `The cause of ${plural(count, "incident", "incidents")} is not known: whether it recurs cannot be said.`,
  after: "after",
  nothingPromised: "no improvement was promised",
  promised: "promised",
  dueBy: (time) => `by ${time}`,
  withoutDate: "without a date",
  done: (time) => `done ${time}`,
  soFar: (duration) => `going on, ${duration} so far`,
  notRecorded: "missing: the incident is over and nobody recorded it",
  resolved: (time) => `resolved ${time}`,
  filed: (time) => `report ${time}`,
  notFiled: "no report, and the time for it is over",
  noCases: "none",
  notes: [
    "An incident belongs to the period in which it occurred, a disruption to that in which it began. Times are those of the clock on the wall, day and night, without pauses; to acknowledge and to restore run from the report to the supplier (or from the report, or from the beginning).",
    "The 90th percentile is the time of the incident in place ⌈0.9 n⌉ in ascending order. Means and percentiles are cut to the second, shares to the hundredth of a point. n/c: not comparable, as one of the two periods has no figure.",
  ],
  howToExplain: "With --explain: the incidents behind every figure.",
};

export const QUALITY_WORDS: Readonly<Record<Language, QualityWords>> = { it, en };
