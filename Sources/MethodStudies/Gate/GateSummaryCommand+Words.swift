extension GateSummaryCommand {
  static let opening = """
    # When distillation helps, and what predicts it

    Written by `scripts/results-gate`; do not edit. What follows from it stands in
    [decision 10](../decisions/0010-distillation-gate.md).

    A student is one modality’s linear head, deployed alone on patients never seen; its teacher is
    another modality’s head. Five folds, repeated; in each, so many training patients keep their label
    and the others are unlabelled. Distilling adds unlabelled patients who have both modalities, with
    the teacher’s predicted class. *Gain* is macro-F1 with distilling less macro-F1 without; ± is the
    corrected standard error, √((1/J + 1/4) var) over J draws. With few labels the strict ratio of test to
    training patients would be larger: read single cells as trends. Every gate saw training patients
    alone.

    A *cell* is a setting and an ordered pair. An action is *right* where it is within .005 of the better
    of distilling and not, by the mean gain of the cell. Tables show
    **cells right by majority of draws / single decisions right / mean regret** (macro-F1 forgone
    against the better of both), and the rank correlation of score and gain over cells. What has a
    threshold or coefficient is *learned* on the other cohorts than the one it is judged on. The
    constants of the last row are rounded from all cohorts together.

    ## Criteria


    """

  static let learned = """

    ## Constants of the expected gain

    Prior a + b (I(t; Y) - I(s; Y))/H(Y) - c L/(L + U), right to ± τ.


    """

  static let forms = """


    ## Forms of distillation

    Mean gain over pairs (lowest to highest): the teacher’s classes or its posteriors (T = 1) on
    unlabelled patients; its calibrated out-of-fold posteriors mixed into the labels alone; the control,
    a student taught by its own pseudo-labels.


    """

  static let teachers = """


    ## One teacher for each student

    Mean gain over students, settings with unlabelled patients: of the teacher with the largest positive
    promise in each draw, and of the best one in hindsight (by the mean of the cell).


    """

  static let neighbors = """


    ## Students that hear their neighbors

    The same with heads on [x, A_own x, A_snf x]; nothing was learned on these.


    """

  static let made = """


    ## Made-up pairs

    Four classes, two bits; 20 features each; grid of teacher strength × student strength × shared
    or private bits × shared variation that has nothing to do with the label × labelled + unlabelled
    patients; 1,000 test patients a draw. Nothing was learned on these.


    """
}
