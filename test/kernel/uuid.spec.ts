import { expect } from "chai";
import { isEventId } from "../../src/kernel/brand.js";
import { newEventId } from "../../src/kernel/uuid.js";

describe("event ids", () => {
  it("are version 7 UUIDs that sort in the order in which they were made, also within a millisecond", () => {
    const made = Array.from({ length: 20_000 }, () => newEventId());
    expect(made.every((id) => isEventId(id) && id[14] === "7")).to.be.true;
    expect([...made].sort()).to.deep.equal(made);
    expect(new Set(made).size).to.equal(made.length);
  });
});
