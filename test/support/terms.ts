import { regimeSchema, type Regime } from "../../src/domain/obligation/regime.js";
import { termsSchema, type Terms } from "../../src/domain/terms/terms.js";
import { SPC_CLOUD } from "./lecco.js";

/** Availability per body and service of 99.5 % a month around the clock, 1 ‰ of the fee for each commenced 0.1 points below (worked example 6); illustrative. */
export const TERMS: Terms = termsSchema.parse({
  format: 1, illustrative: true, title: "Livelli di servizio", contractId: SPC_CLOUD, effectiveFrom: "2019-01-01", zone: "Europe/Rome", currency: "EUR",
  holidays: { country: "IT" },
  calendars: { sempre: { kind: "always" } },
  wholeService: "mean",
  maintenance: { announced: "excluded" },
  indicators: [{
    id: "disponibilita", title: "Disponibilità mensile", kind: "availability", period: "month", calendar: "sempre", per: "body-and-service", threshold: "99.5", decimals: 2, missed: "penalty",
    penalty: { kind: "per-step", rate: "1", rateIn: "per-mille", of: "period-fee", step: "0.1", unit: "percentage-points", counting: "commenced" },
  }],
  cap: { percent: "10" },
  apportionment: "lost-workstation-hours",
});

/**
 * Times of response and restoration by severity, in office hours without Italian holidays (worked examples 3 and 5): critical 30 minutes and 2 hours, high 1 hour and
 * 4 hours; medium only restoration, 8 hours around the clock; low nothing. Illustrative.
 */
export const CLOCK_TERMS: Terms = termsSchema.parse({
  ...TERMS,
  calendars: {
    sempre: { kind: "always" },
    ufficio: { kind: "weekly", onHolidays: [], week: { mon: ["08:00-18:00"], tue: ["08:00-18:00"], wed: ["08:00-18:00"], thu: ["08:00-18:00"], fri: ["08:00-18:00"], sat: [], sun: [] } },
  },
  indicators: [
    { id: "presa-in-carico", title: "Presa in carico", kind: "time-to-acknowledge", period: "month", shareInTime: "95", missed: "finding", targets: { critical: { within: "PT30M", calendar: "ufficio" }, high: { within: "PT1H", calendar: "ufficio" } } },
    {
      id: "ripristino", title: "Ripristino", kind: "time-to-restore", period: "quarter", shareInTime: "95", missed: "finding",
      targets: { critical: { within: "PT2H", calendar: "ufficio" }, high: { within: "PT4H", calendar: "ufficio" }, medium: { within: "PT8H", calendar: "sempre" } },
    },
  ],
});

/** Art. 33 of the GDPR. */
export const GDPR: Regime = regimeSchema.parse({
  id: "gdpr-33", title: { it: "GDPR, art. 33", en: "GDPR, art. 33" }, binds: { it: "Il titolare del trattamento", en: "The controller" },
  awareness: { it: "Conoscenza della violazione", en: "Awareness of the breach" }, source: "Regolamento (UE) 2016/679, art. 33", zone: "Europe/Rome",
  stages: [{ id: "notification", title: { it: "Notifica al Garante", en: "Notification to the authority" }, within: "PT72H" }],
});
