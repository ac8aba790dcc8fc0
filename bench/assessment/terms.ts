import { contractId } from "../../src/kernel/brand.js";
import { termsSchema, type Terms } from "../../src/domain/terms/terms.js";

export const CONTRACT = contractId("spc-cloud");
const RATE = { rate: "1", rateIn: "per-mille" };
const OFFICE_DAY = ["08:00-18:00"];

/** Every kind of indicator and every kind of exclusion, after examples/terms/italian-public-contract.yaml; illustrative. */
export const BENCH_TERMS: Terms = termsSchema.parse({
  format: 1, illustrative: true, title: "Livelli di servizio", contractId: CONTRACT, effectiveFrom: "2018-01-01", zone: "Europe/Rome", currency: "EUR",
  holidays: { country: "IT", yearly: [{ day: "12-06", name: "San Nicolò, patrono di Lecco" }] },
  calendars: {
    sempre: { kind: "always" },
    ufficio: {
      kind: "weekly", week: { mon: OFFICE_DAY, tue: OFFICE_DAY, wed: OFFICE_DAY, thu: OFFICE_DAY, fri: OFFICE_DAY, sat: [], sun: [] }, onHolidays: [],
      exceptions: [{ date: "2019-12-24", hours: ["08:00-13:00"] }],
    },
  },
  weights: { partial: "0.5", degraded: "0.1" },
  wholeService: "mean",
  maintenance: {
    announced: "excluded", notice: "PT72H", atMostPerMonth: "PT8H",
    windows: [{ name: "prima-domenica", rule: "FREQ=MONTHLY;BYDAY=1SU", first: "2018-01-07T02:00", length: "PT4H" }],
  },
  indicators: [
    {
      id: "disponibilita", title: "Disponibilità mensile per ente e servizio", kind: "availability", period: "month", calendar: "ufficio", per: "body-and-service", threshold: "99.5", decimals: 2,
      missed: "penalty", penalty: { kind: "per-step", ...RATE, of: "period-fee", step: "0.1", unit: "percentage-points", counting: "commenced" },
    },
    {
      id: "presa-in-carico", title: "Presa in carico", kind: "time-to-acknowledge", period: "month", missed: "finding", shareInTime: "95",
      targets: { critical: { within: "PT15M", calendar: "sempre" }, high: { within: "PT1H", calendar: "ufficio" } },
    },
    {
      id: "servizio", title: "Disponibilità trimestrale del servizio", kind: "availability", period: "quarter", calendar: "sempre", per: "service", threshold: "99.5", decimals: 2,
      missed: "penalty", penalty: { kind: "tiers", of: "period-fee", tiers: [{ below: "99.5", ...RATE }, { below: "99", rate: "5", rateIn: "per-mille" }] },
    },
    {
      id: "ripristino", title: "Ripristino entro i tempi", kind: "time-to-restore", period: "quarter", missed: "finding", shareInTime: "95",
      targets: { critical: { within: "PT4H", calendar: "sempre" }, high: { within: "PT8H", calendar: "ufficio" } },
    },
    { id: "contratto", title: "Disponibilità annua del contratto", kind: "availability", period: "year", calendar: "sempre", per: "contract", threshold: "99.5", decimals: 2, missed: "finding" },
    { id: "guasti", title: "Guasti nell'anno", kind: "failures", period: "year", most: 500, missed: "penalty", penalty: { kind: "per-case", amountCents: 100_00 } },
  ],
  cap: { percent: "10" },
  apportionment: "lost-workstation-hours",
});
