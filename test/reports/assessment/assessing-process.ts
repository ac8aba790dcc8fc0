import { digestsOf, frozen, sampleOf } from "./freezing.js";

/**
 * A process that assesses the stories of a seed: `assessing-process SEED COUNT LIE`. Says what was frozen, the figures as this process works them out, and what was frozen worked out
 * anew; then, with every zone's data replaced by those of the zone LIE, both again.
 */
const [seed, count, lie] = process.argv.slice(2);
if (seed === undefined || count === undefined || lie === undefined) throw new TypeError("which stories?");

const truth = { isTold: true };
const Honest = Intl.DateTimeFormat;
Object.defineProperty(Intl, "DateTimeFormat", {
  value: new Proxy(Honest, {
    construct: (_target, [locales, options]: [string | undefined, Intl.DateTimeFormatOptions | undefined]) => {
      const honest = new Honest(locales, options);
      const liar = new Honest(locales, { ...options, timeZone: lie });
      return new Proxy(honest, {
        get: (_formatter, key) => {
          const speaker = truth.isTold ? honest : liar;
          const value: unknown = Reflect.get(speaker, key);
          return typeof value === "function" ? (...args: unknown[]): unknown => Reflect.apply(value, speaker, args) : value;
        },
      });
    },
  }),
});

const all = sampleOf(Number(seed), Number(count)).map(frozen);
const told = all.map((each) => ({ frozen: each.computation.digest, ...digestsOf(each) }));
truth.isTold = false;
const lied = all.map(digestsOf);
process.stdout.write(JSON.stringify({ zone: process.env["TZ"], offset: new Date(0).getTimezoneOffset(), told, lied }));
