import type { BodyId } from "../kernel/brand.js";
import type { ReportOptions } from "./frame.js";
import type { ImpactReport } from "./impact-report.js";
import type { ReportQueries } from "./queries.js";

/** Impact of one body. Throws LedgerError NOT_FOUND for a body that is not known. */
export declare function impactReport(ledger: ReportQueries, bodyId: BodyId, options: ReportOptions): ImpactReport;

/**
 * Impact of many bodies, in the order asked, without those that are not known. Loads all it needs in a number of statements that does not depend on how
 * many bodies, services or disruptions there are.
 */
export declare function impactReports(ledger: ReportQueries, bodyIds: readonly BodyId[], options: ReportOptions): readonly ImpactReport[];

/** The same for every body of the ledger, by name, then id: one more statement for each page of bodies. */
export declare function impactReportsOfAll(ledger: ReportQueries, options: ReportOptions): readonly ImpactReport[];
