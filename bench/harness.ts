/** One line of the table that the documentation quotes: ours against its own baseline, measured in turn in one run. */
export interface Measured {
  readonly what: string;
  readonly against: string;
  /** What a run measures, with its unit; for rates more is better, for times less. */
  readonly unit: string;
  readonly ours: number;
  readonly baseline: number;
  /** ours / baseline. */
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
}

export interface Comparison {
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  readonly goal: { readonly atLeast: number } | { readonly atMost: number };
  /** At least 5. */
  readonly runs: number;
  readonly ours: () => Promise<number> | number;
  readonly baseline: () => Promise<number> | number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Runs both in turn, A B A B …, so that a machine that slows down slows both; the ratio is the median of the pairs' ratios. */
export async function compare(comparison: Comparison): Promise<Measured> {
  const { what, against, unit, goal, runs } = comparison;
  const ours: number[] = [];
  const baseline: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    ours.push(await comparison.ours());
    baseline.push(await comparison.baseline());
    console.error(`  ${what}, run ${run + 1}/${runs}: ${round(ours.at(-1) ?? NaN)} against ${round(baseline.at(-1) ?? NaN)} ${unit}`);
  }
  const ratio = median(ours.map((value, index) => value / (baseline[index] ?? NaN)));
  const met = "atLeast" in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
  const text = "atLeast" in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
  return { what, against, unit, ours: median(ours), baseline: median(baseline), ratio, goal: text, met };
}

/** A figure with a fixed bound instead of a baseline. */
export function bounded(what: string, { unit, value, atMost }: { readonly unit: string; readonly value: number; readonly atMost: number }): Measured {
  return { what, against: "–", unit, ours: value, baseline: NaN, ratio: NaN, goal: `< ${atMost}`, met: value < atMost };
}

export function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}

export function markdown(rows: readonly Measured[]): string {
  const lines = rows.map(({ what, against, unit, ours, baseline, ratio, goal, met }) =>
    `| ${what} | ${against} | ${round(ours)} ${unit} | ${Number.isNaN(baseline) ? "–" : `${round(baseline)} ${unit}`} | ${Number.isNaN(ratio) ? "–" : ratio.toFixed(2)} | ${goal} | ${met ? "yes" : "**no**"} |`,
  );
  return ["| what | against | ours | baseline | ratio | goal | met |", "| --- | --- | --- | --- | --- | --- | --- |", ...lines].join("\n");
}
