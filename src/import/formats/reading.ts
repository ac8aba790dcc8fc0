import { bodyId, contractId, serviceId, type BodyId, type ContractId, type Instant, type ServiceId } from "../../kernel/brand.js";
import type { Text } from "../../domain/values.js";
import type { When } from "../../time/when.js";
import type { ReaderSettings, Requirement } from "../case.js";
import { idPart } from "../names.js";
import type { Place } from "../notes.js";

/** A foreign source with the ids of its things, which are the same for every import of it. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly contractId: ContractId;
  /** The site itself, where it is one body. */
  readonly bodyId: BodyId;
  readonly bodyOf: (name: string) => BodyId;
  readonly serviceOf: (name: string) => ServiceId;
}

/** The site of a foreign source: as the settings name it, or as the source does. */
export function siteOf(settings: ReaderSettings, id: string, name: string): Site {
  const site = settings.site ?? { id: idPart(id), name };
  return {
    ...site,
    contractId: settings.contractId ?? contractId(site.id),
    bodyId: bodyId(site.id),
    bodyOf: (part) => bodyId(`${site.id}.${idPart(part)}`),
    serviceOf: (part) => serviceId(`${site.id}.${idPart(part)}`),
  };
}

/** A text of the source, for everyone; cut at 20,000 characters. */
export function textOf(text: string, language: string): Text {
  return { text: text.slice(0, 20_000), language, audience: { kind: "everyone" } };
}

/** A time known to lie between two instants; the one instant where they are the same or the wrong way round. */
export function between(earliest: Instant, latest: Instant): When {
  return earliest < latest ? { earliest, latest } : earliest;
}

type Bare = Requirement extends infer Each ? (Each extends Requirement ? Omit<Each, "place" | "sourceRecordedAt"> : never) : never;

/** Gives each requirement out once, when it is first needed. */
export class FirstNeed {
  private readonly seen = new Set<string>();

  of(bare: Bare, place: Place, sourceRecordedAt: Instant | undefined): Requirement[] {
    const key = keyOf(bare);
    if (this.seen.has(key)) return [];
    this.seen.add(key);
    return [{ ...bare, place, ...(sourceRecordedAt !== undefined && { sourceRecordedAt }) }];
  }
}

function keyOf(bare: Bare): string {
  switch (bare.kind) {
    case "contract":
      return `contract ${bare.contractId}`;
    case "body":
      return `body ${bare.bodyId}`;
    case "service":
      return `service ${bare.serviceId}`;
    case "adoption":
      return `adoption ${bare.serviceId} ${bare.bodyId}`;
  }
}
