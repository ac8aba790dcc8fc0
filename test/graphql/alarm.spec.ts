import { mock } from "node:test";
import { expect } from "chai";
import { systemAlarm } from "../../src/graphql/alarm.js";
import { instant } from "../../src/kernel/brand.js";
import { at } from "../support/given.js";

const NOW = at("2019-10-25T16:30:00+02:00");
const MINUTE_MS = 60_000;
const YEAR_MS = 366 * 24 * 60 * MINUTE_MS;

describe("the alarm of the process", () => {
  let now = NOW;
  beforeEach(() => {
    now = NOW;
    mock.timers.enable({ apis: ["setTimeout"] });
  });
  afterEach(() => mock.timers.reset());
  /** Time passes for the clock and for the timers alike. */
  const pass = (ms: number): void => {
    now = instant(now + ms);
    mock.timers.tick(ms);
  };
  const setTo = (ms: number): { rung: number; callOff: () => void } => {
    const state = { rung: 0, callOff: (): void => undefined };
    state.callOff = systemAlarm(() => now).set(instant(NOW + ms), () => (state.rung += 1));
    return state;
  };

  it("rings once at its instant, not a millisecond before, and soon where that has gone by", () => {
    const [later, past] = [setTo(90_000), setTo(-1)];
    expect(past.rung, "never before it returns").to.equal(0);
    pass(1);
    expect(past.rung).to.equal(1);
    pass(59_999);
    pass(29_999);
    expect(later.rung).to.equal(0);
    pass(1);
    pass(MINUTE_MS);
    expect([later.rung, past.rung]).to.deep.equal([1, 1]);
  });
  it("waits longer than a timer can: not at once, and not never", () => {
    const far = setTo(2 ** 31 + YEAR_MS);
    pass(MINUTE_MS);
    expect(far.rung).to.equal(0);
    // The machine slept: its clock has gone on, its timers have not.
    now = instant(NOW + 2 ** 31 + YEAR_MS);
    mock.timers.tick(MINUTE_MS);
    expect(far.rung).to.equal(1);
  });
  it("that is called off is silent", () => {
    const off = setTo(3 * MINUTE_MS);
    pass(2 * MINUTE_MS);
    off.callOff();
    pass(2 * MINUTE_MS);
    expect(off.rung).to.equal(0);
  });
});
