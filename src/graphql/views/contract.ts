import type { AgreementRow, ContractRow, MaintenanceRow } from "../../../projections/rows.js";
import type { Reading } from "../reading.js";
import { moneyView, textView, whenOrNull } from "./values.js";

export type ContractView = ReturnType<typeof contractView>;
export function contractView(row: ContractRow, reading: Reading) {
  const { contractId, title, supplier, framework, lot, amount, zone, effectiveFrom } = row;
  const money = amount === undefined ? null : moneyView(amount);
  return { __typename: "Contract" as const, id: contractId, title, supplier, framework, lot, amount: money, zone, effectiveFrom, reading };
}

export function agreementView({ kind, money, per, effectiveFrom, recordedAt, eventId }: AgreementRow) {
  return { kind, money: moneyView(money), per, effectiveFrom, recordedAt, eventId };
}

export type MaintenanceView = ReturnType<typeof maintenanceView>;
export function maintenanceView(row: MaintenanceRow, reading: Reading) {
  const { contractId, maintenanceId, serviceIds, started, ended, cancelled, text, recordedAt, eventId } = row;
  const window = { start: started, end: ended };
  return { id: maintenanceId, contractId, serviceIds, window, cancelledAt: whenOrNull(cancelled), text: textView(text), recordedAt, eventId, reading };
}
