/**
 * Percentages of terms (`"99.5"`, at most six places) and targets of OpenSLO (`0.995`, a JSON number). A target is read by its shortest decimal,
 * the one that it was written with, so that no binary fraction ever reaches a threshold.
 */

/**
 * OpenSLO takes targets in [0, 1) only ("Objectives"), so every case and the whole time need one that stands for them: nine nines, which no
 * percentage of six places comes to.
 */
export const STANDS_FOR_ALL = 0.999999999;
const STANDS_FOR_ALL_PERCENT = "99.9999999";

/** The target of a percentage from 0 to 100. */
export function targetOf(percent: string): number {
  return Number(percent) === 100 ? STANDS_FOR_ALL : Number(`${percent}e-2`);
}

/** The percentage of a `target`. It may have more places than terms take. */
export function percentOfTarget(target: number): string {
  return percentOf(shifted(target, 2));
}

/** The percentage of a `targetPercent`. It may have more places than terms take. */
export function percentOfTargetPercent(targetPercent: number): string {
  return percentOf(shifted(targetPercent, 0));
}

function percentOf(text: string): string {
  return text === STANDS_FOR_ALL_PERCENT ? "100" : text;
}

/** The shortest decimal of a number that is not negative, its point moved right. */
function shifted(value: number, places: number): string {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const point = whole.length + Number(exponent) + places;
  const digits = point < 1 ? `${"0".repeat(1 - point)}${whole}${fraction}` : `${whole}${fraction}`.padEnd(point, "0");
  const at = Math.max(point, 1);
  const after = digits.slice(at).replace(/0+$/, "");
  return `${digits.slice(0, at).replace(/^0+(?=\d)/, "")}${after === "" ? "" : `.${after}`}`;
}
