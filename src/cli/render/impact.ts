import type { ContractId, ServiceId, BodyId } from "../../kernel/brand.js";
import { compare, type Rational } from "../../kernel/rational.js";
import type { Figures } from "../../reports/figures.js";
import type { ImpactReport } from "../../reports/impact-report.js";
import type { Range } from "../../reports/range.js";
import { decimalText, durationText, moneyText, spanText } from "../../reports/words/format.js";
import { WORDS } from "../../reports/words/languages.js";
import { availabilityText, costSentence, partSentence, type Speaking } from "../../reports/words/sentences.js";
import type { Paint } from "../terminal.js";
import { printable } from "./text.js";
import { table, type Column } from "./table.js";

export interface ImpactStyle {
  readonly speaking: Speaking;
  readonly paint: Paint;
}
type FigureTexts = readonly [agreed: string, downtime: string, availability: string, hours: string];

const FIGURES: readonly Column[] = [
  { title: "Tempo dovuto", align: "right" },
  { title: "Fermo", align: "right" },
  { title: "Disponibilità", align: "right" },
  { title: "Ore-postazione perse", align: "right" },
];

/** One line a body: what was owed, what was lost, what it cost. */
export function renderImpactTable(reports: readonly ImpactReport[], { speaking, paint }: ImpactStyle): string {
  const columns: Column[] = [{ title: "Ente", maxWidth: 34 }, { title: "Disservizi", align: "right" }, ...FIGURES, { title: "Costo", align: "right" }];
  const rows = reports.map((report) => [printable(report.body.name), String(report.disruptions.length), ...figureTexts(report.total, speaking), costText(report, speaking)]);
  return table(columns, rows, paint.bold);
}

/** One body: a line a service, the total, what the figures are made of. */
export function renderImpact(report: ImpactReport, style: ImpactStyle): string {
  const { speaking, paint } = style;
  const columns: Column[] = [{ title: "Servizio", maxWidth: 40 }, ...FIGURES];
  const rows = report.services.map((each) => [printable(each.service.name), ...figureTexts(each, speaking)]);
  const total = ["Totale (ogni ora conta una volta)", ...figureTexts(report.total, speaking)];
  return [table(columns, [...rows, total], paint.bold), "", ...costLines(report, style), ...explanationLines(report, style), ...caveats(report, style)].join("\n");
}

function figureTexts(figures: Figures<unknown>, { language }: Speaking): FigureTexts {
  const words = WORDS[language];
  const agreedHours = (ms: number): string => durationText({ numerator: BigInt(ms), denominator: 1n }, words);
  const { agreedMs } = figures;
  return [
    agreedMs.min === agreedMs.max ? agreedHours(agreedMs.min) : `${agreedHours(agreedMs.min)} – ${agreedHours(agreedMs.max)}`,
    rangeText(figures.downtimeMs, (ms) => durationText(ms, words)),
    availabilityText(figures.availability, language),
    rangeText(figures.lostWorkstationHours, (hours) => decimalText(hours, 2, words)),
  ];
}

function rangeText({ min, max }: Range<Rational>, text: (value: Rational) => string): string {
  return compare(min, max) === 0 ? text(min) : `${text(min)} – ${text(max)}`;
}

function costText({ costs }: ImpactReport, { language }: Speaking): string {
  const words = WORDS[language];
  const money = (amountCents: number, currency: string): string => moneyText(amountCents, currency, words);
  return costs.map(({ cost: { min, max } }) => (min.amountCents === max.amountCents ? money(min.amountCents, min.currency) : `${money(min.amountCents, min.currency)} – ${money(max.amountCents, max.currency)}`)).join(" + ");
}

function costLines(report: ImpactReport, { speaking, paint }: ImpactStyle): string[] {
  if (report.contractCosts.length === 0) return [];
  const parts = report.contractCosts.flatMap((cost) => cost.explanation().unfavourable.filter(({ lostWorkstationHours }) => lostWorkstationHours.numerator !== 0n));
  return [paint.bold(`Costo del tempo perso: ${costText(report, speaking)}`), ...parts.map((part) => `  ${costSentence(part, speaking)}`), ""];
}

function explanationLines(report: ImpactReport, { speaking, paint }: ImpactStyle): string[] {
  const lines = report.services.flatMap((service) => {
    const parts = service.explanation().unfavourable.filter((part) => part.kind === "excluded" || (part.kind === "counted" && part.cause !== undefined));
    return parts.length === 0 ? [] : [`  ${printable(service.service.name)}`, ...parts.map((part) => `    ${printable(partSentence(part, speaking))}`)];
  });
  return lines.length === 0 ? [] : [paint.bold("Come si arriva a queste cifre"), ...lines];
}

function caveats(report: ImpactReport, { speaking, paint }: ImpactStyle): string[] {
  const words = WORDS[speaking.language];
  const reasons = report.provisional.map((reason) => words.provisional[reason]);
  return [
    ...(reasons.length === 0 ? [] : ["", paint.yellow(`Provvisorio: ${reasons.join("; ")}.`)]),
    ...(report.notUnderstood.length === 0 ? [] : ["", paint.red(`Incompleto: ${report.notUnderstood.length} eventi che questa versione non comprende.`)]),
  ];
}

/** The span that a report covers, for its heading. */
export function coveredText(report: Pick<ImpactReport, "covered">, { language, zone }: Speaking): string {
  return spanText(report.covered.start, report.covered.end, zone, WORDS[language]);
}

/** Names instead of ids, from rows already loaded. */
export function namesOf(bodies: ReadonlyMap<BodyId, { name: string }>, services: ReadonlyMap<ServiceId, { name: string }>, contracts: ReadonlyMap<ContractId, { title: string }>) {
  return {
    body: (id: BodyId): string => bodies.get(id)?.name ?? id,
    service: (id: ServiceId): string => services.get(id)?.name ?? id,
    contract: (id: ContractId): string => contracts.get(id)?.title ?? id,
  };
}
