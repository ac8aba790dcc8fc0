/** An ISO 4217 currency code. */
export type Currency = string;
/** Integer minor units (cents) with their currency. */
export interface Money {
  readonly amountCents: number;
  readonly currency: Currency;
}
