/**
 * A figure that banded times leave open (domain.md, "Time"): the two complete evaluations, the most and the least favourable to the supplier,
 * give its `min` and `max`. They are one and the same value where both agree, as they do without bands.
 */
export interface Range<Figure> {
  readonly min: Figure;
  readonly max: Figure;
}

/** The two evaluations of one question; one and the same object where no banded time matters. */
export interface Evaluations<Evaluation> {
  readonly favourable: Evaluation;
  readonly unfavourable: Evaluation;
}
