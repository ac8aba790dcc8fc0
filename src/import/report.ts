import type { ImportId } from "../kernel/brand.js";
import type { LedgerEvent } from "../domain/record.js";
import type { Format } from "./format.js";
import type { Mend, Note, Problem } from "./notes.js";

/** Things that an import brought into being. */
export interface Created {
  readonly contracts: number;
  readonly bodies: number;
  readonly services: number;
  readonly adoptions: number;
  readonly incidents: number;
  readonly disruptions: number;
  readonly maintenance: number;
}
/** How far an import is. */
export interface ImportProgress {
  /** `rehearsing`: a strict import looks before it stores; a dry run only looks. */
  readonly phase: "rehearsing" | "importing";
  /** As stored in the file, compressed or not. */
  readonly bytesRead: number;
  readonly bytesTotal: number | undefined;
  readonly items: number;
  readonly accepted: number;
  readonly problems: number;
}

export interface ImportReport {
  readonly importId: ImportId;
  readonly format: Format;
  /** `rehearsed`: a dry run. `refused`: a strict import of a file with problems; nothing was stored. `aborted`: stopped half-way; repeat it to go on. */
  readonly outcome: "imported" | "rehearsed" | "refused" | "aborted";
  /** Things read from the file: rows' incidents, issues' versions, incidents, commands. */
  readonly items: number;
  /** Events newly recorded (in a dry run: that would be). */
  readonly accepted: number;
  /** Items that were there already, as the file has them. */
  readonly repeated: number;
  /** Records that others have withdrawn since an earlier run; an import does not bring them back. */
  readonly leftAlone: number;
  readonly problemCount: number;
  readonly mendCount: number;
  /** The first `maxNotes` of them, in the order of the file as far as it can be told. */
  readonly problems: readonly Problem[];
  readonly mends: readonly Mend[];
  readonly created: Created;
}

/** Collects what an import comes to. */
export class Tally {
  items = 0;
  accepted = 0;
  repeated = 0;
  leftAlone = 0;
  problemCount = 0;
  mendCount = 0;
  private readonly problems: Problem[] = [];
  private readonly mends: Mend[] = [];
  private readonly types = new Map<LedgerEvent["type"], number>();

  constructor(private readonly maxNotes: number) {}

  note(note: Note): void {
    if (note.kind === "problem") {
      this.problemCount += 1;
      if (this.problems.length < this.maxNotes) this.problems.push(note);
    } else {
      this.mendCount += 1;
      if (this.mends.length < this.maxNotes) this.mends.push(note);
    }
  }

  add(events: readonly LedgerEvent[]): void {
    this.accepted += events.length;
    for (const { type } of events) this.types.set(type, (this.types.get(type) ?? 0) + 1);
  }

  report(head: Pick<ImportReport, "importId" | "format" | "outcome">): ImportReport {
    const { items, accepted, repeated, leftAlone, problemCount, mendCount } = this;
    return { ...head, items, accepted, repeated, leftAlone, problemCount, mendCount, problems: inOrder(this.problems), mends: inOrder(this.mends), created: this.created() };
  }

  private created(): Created {
    const count = (type: LedgerEvent["type"]): number => this.types.get(type) ?? 0;
    return {
      contracts: count("ContractAwarded"), bodies: count("BodyJoined"), services: count("ServiceCatalogued"), adoptions: count("ServiceAdopted"),
      incidents: count("IncidentReported"), disruptions: count("DisruptionOpened"), maintenance: count("MaintenanceAnnounced"),
    };
  }
}

/** By line, where there are lines; what is decided at the same time is reported in any order. */
function inOrder<Each extends Note>(notes: readonly Each[]): Each[] {
  const line = ({ place }: Note): number => (place.kind === "line" ? place.line : 0);
  return [...notes].sort((a, b) => line(a) - line(b));
}
