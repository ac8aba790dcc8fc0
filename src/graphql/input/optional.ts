/** An argument or input field that may be left out, or be null, which means the same. */
export type Optional<T> = T | null | undefined;

export function isGiven<T>(value: Optional<T>): value is T {
  return value !== undefined && value !== null;
}
