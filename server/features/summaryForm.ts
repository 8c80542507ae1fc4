/** What the table of a summary shows beside what Keras shows unasked. */
export interface SummaryForm {
  /** The layers of nested models; `expand_nested`. */
  readonly expandNested: boolean;
  /** `show_trainable`. */
  readonly showTrainable: boolean;
  /** Columns of ours: multiply–accumulates, and the memory of what a layer gives. */
  readonly costs: boolean;
}
export const USUAL_FORM: SummaryForm = { expandNested: true, showTrainable: false, costs: true };
