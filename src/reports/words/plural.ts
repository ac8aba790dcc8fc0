/** A noun of one thing, and of any other number of them. */
export interface Forms {
  readonly one: string;
  readonly many: string;
}

/** A count with its noun, for languages with one singular and one plural. */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
