import { instant, type Instant } from "../../src/kernel/brand.js";
import type { Fact } from "../../src/domain/record.js";
import { at, given } from "../support/given.js";
import { ADOPTED, CATALOGUED, LECCO, PROTOCOLLO, VALMADRERA } from "../support/lecco.js";

const BEGIN = ADOPTED.data.effectiveFrom;
const END = at("2019-07-01T00:00:00+02:00");
const of = (effectiveFrom: Instant, bodyId = LECCO) => ({ serviceId: PROTOCOLLO, bodyId, effectiveFrom });
const DROPPED: Fact = { type: "ServiceDropped", data: of(END) };

describe("a service", () => {
  it("is catalogued once, and takes nothing before", () => {
    given().when({ type: "CatalogueService", data: CATALOGUED.data }).then(CATALOGUED);
    given(CATALOGUED).when({ type: "CatalogueService", data: CATALOGUED.data }).thenRefused("ID_ALREADY_USED", /protocollo is catalogued already/, "serviceId");
    given().when({ type: "AdoptService", data: of(BEGIN) }).thenRefused("NOT_FOUND", /CatalogueService/, "serviceId");
    given().when({ type: "DropService", data: of(BEGIN) }).thenRefused("NOT_FOUND", /CatalogueService/, "serviceId");
  });
  it("is adopted by each body for itself, once at a time", () => {
    given(CATALOGUED).when({ type: "AdoptService", data: of(BEGIN) }).then(ADOPTED);
    given(CATALOGUED, ADOPTED).when({ type: "AdoptService", data: of(END) }).thenRefused("WRONG_STATE", /lecco has adopted protocollo already/, "bodyId");
    given(CATALOGUED, ADOPTED).when({ type: "AdoptService", data: of(END, VALMADRERA) }).then({ type: "ServiceAdopted", data: of(END, VALMADRERA) });
  });
  it("is adopted again from when it was dropped, not before", () => {
    given(CATALOGUED, ADOPTED, DROPPED).when({ type: "AdoptService", data: of(instant(END - 1)) }).thenRefused("OUT_OF_ORDER", /dropped protocollo later/, "effectiveFrom");
    given(CATALOGUED, ADOPTED, DROPPED).when({ type: "AdoptService", data: of(END) }).then({ type: "ServiceAdopted", data: of(END) });
  });
  it("is dropped only by who has it, from the day of adoption on, once", () => {
    given(CATALOGUED, ADOPTED).when({ type: "DropService", data: of(END, VALMADRERA) }).thenRefused("WRONG_STATE", /valmadrera does not have protocollo/, "bodyId");
    given(CATALOGUED, ADOPTED).when({ type: "DropService", data: of(instant(BEGIN - 1)) }).thenRefused("END_BEFORE_START", /before it adopted it/, "effectiveFrom");
    given(CATALOGUED, ADOPTED).when({ type: "DropService", data: of(BEGIN) }).then({ type: "ServiceDropped", data: of(BEGIN) });
    given(CATALOGUED, ADOPTED, DROPPED).when({ type: "DropService", data: of(END) }).thenRefused("WRONG_STATE", /nothing to drop/, "bodyId");
  });
  it("may be adopted from a date to come", () => {
    const far = at("2031-01-01T00:00:00+01:00");
    given(CATALOGUED).when({ type: "AdoptService", data: of(far) }).then({ type: "ServiceAdopted", data: of(far) });
  });
});
