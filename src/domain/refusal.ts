import type { z } from "zod";
import type { Refusal } from "../kernel/errors.js";

/** A schema's first complaint as a refusal that names the field. */
export function refusalOf(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).map(String).filter((part, index) => index > 0 || part !== "data");
  const field = path.join(".");
  const message = `${field === "" ? "the input" : field}: ${issue?.message ?? "invalid"}`;
  return { code: "INVALID_INPUT", message, ...(field !== "" && { field }) };
}
