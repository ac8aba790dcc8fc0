import { z } from "zod";
import type { Append } from "../append-work.js";

/** What is measured, on either side: the adapter, or the client of the server's makers without it. */
export interface Side {
  /** Makes the appends ready; what it returns does them, each caller its own one after another. */
  appends(byCaller: readonly (readonly Append[])[]): () => Promise<void>;
  /** Reads until all have come. */
  read(reading: Reading): Promise<void>;
}
export interface Reading {
  readonly streamPrefix: string;
  readonly events: number;
  /** The last position before them; absent where they are the first. */
  readonly from?: string | undefined;
  /** What a projection does with the next so many of them. */
  readonly onBatch?: (events: number) => Promise<void> | void;
}

const reading = { streamPrefix: z.string(), events: z.number(), from: z.string().optional() };
/** What a process that is one of the sides is asked to do. */
export const sideTask = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("append"), callers: z.number(), perCaller: z.number() }),
  z.object({ kind: z.literal("read"), ...reading }),
  /** As a projection that rests after each batch. */
  z.object({ kind: z.literal("read-slowly"), ...reading, restMs: z.number() }),
]);
export type SideTask = z.infer<typeof sideTask>;

export const sideResult = z.object({
  events: z.number(),
  seconds: z.number(),
  /** Of the process, in all its threads. */
  cpuSeconds: z.number(),
  /** How far the process's memory grew beyond its largest in the first tenth of the events, in units of 10⁶ bytes. */
  growthMegabytes: z.number().optional(),
  largestMegabytes: z.number().optional(),
});
export type SideResult = z.infer<typeof sideResult>;
