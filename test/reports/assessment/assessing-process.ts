import { digestsOf, frozen, sampleOf } from "./freezing.js";

/**
 * A process that assesses the stories of a seed: `assessing-process SEED COUNT`. Says what was frozen, the figures as this process works them out, and what was frozen worked out
 * anew; then, with every zone's data replaced by those of Kathmandu, both again.
 */
const [seed, count] = process.argv.slice(2).map(Number);
if (seed === undefined || count === undefined) throw new TypeError("which stories?");

const truth = { isTold: true };
const Honest = Intl.DateTimeFormat;
Object.defineProperty(Intl, "DateTimeFormat", {
  value: new Proxy(Honest, {
    construct: (_target, [locales, options]: [string | undefined, Intl.DateTimeFormatOptions | undefined]) => {
      const honest = new Honest(locales, options);
      const liar = new Honest(locales, { ...options, timeZone: "Asia/Kathmandu" });
      return new Proxy(honest, {
        get: (_formatter, key) => {
          const speaker = truth.isTold ? honest : liar;
          const value: unknown = Reflect.get(speaker, key);
          return typeof value === "function" ? value.bind(speaker) : value;
        },
      });
    },
  }),
});

const all = sampleOf(seed, count).map(frozen);
const told = all.map((each) => ({ frozen: each.computation.digest, ...digestsOf(each) }));
truth.isTold = false;
const lied = all.map(digestsOf);
process.stdout.write(JSON.stringify({ zone: process.env["TZ"], offset: new Date(0).getTimezoneOffset(), told, lied }));
