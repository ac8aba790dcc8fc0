import type { ServiceAvailability } from "../../reports/service-availability.js";
import type { Reading } from "../reading.js";
import { bodyView } from "./body.js";
import { figuresView, frameView, reachView } from "./impact.js";
import { serviceView } from "./service.js";
import { durationView } from "./values.js";

export function serviceAvailabilityView(report: ServiceAvailability, reading: Reading) {
  const { service, bodies, disruptions, modes } = report;
  return {
    __typename: "ServiceAvailability" as const,
    ...frameView(report),
    service: serviceView(service, reading),
    bodies: bodies.map(({ body, agreedMs }) => ({ body: bodyView(body, reading), agreed: durationView(agreedMs) })),
    disruptions: disruptions.map((disruption) => ({ ...reachView(disruption, reading), bodyIds: disruption.bodyIds })),
    any: { __typename: "ServiceFigures", ...figuresView(modes.any) },
    all: { __typename: "ServiceFigures", ...figuresView(modes.all) },
    mean: { __typename: "ServiceFigures", ...figuresView(modes.mean) },
  };
}
