import { describeAppending } from "./appending.js";
import { describeLasting } from "./lasting.js";
import { describeModel } from "./model.js";
import { describeReading } from "./reading.js";
import { describeRepeating } from "./repeating.js";
import { rigged, type MakeStore } from "./rig.js";
import { describeSubscribing } from "./subscribing.js";

/** What every event store adapter must do alike; each runs exactly this. `make` gives a store of its own to each test, or one that they share. */
export function describeEventStoreContract(name: string, make: MakeStore): void {
  describe(`event store contract: ${name}`, () => {
    const rig = rigged(make);
    describeAppending(rig);
    describeRepeating(rig);
    describeReading(rig);
    describeSubscribing(rig);
    describeLasting(rig);
    describeModel(rig);
  });
}
