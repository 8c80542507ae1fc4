import { type Lowering, loadTables, type ModelReport } from "../../core/index.ts";
import { costsOf } from "./summaryCosts.ts";

/** What the table shows beside what Keras shows unasked. */
export interface SummaryForm {
  /** The layers of nested models; `expand_nested`. */
  readonly expandNested: boolean;
  /** `show_trainable`. */
  readonly showTrainable: boolean;
  /** Columns of ours: multiply–accumulates, and the memory of what a layer gives. */
  readonly costs: boolean;
}
export const USUAL_FORM: SummaryForm = { expandNested: true, showTrainable: false, costs: true };
/** Whichever terminal Keras would print to, an editor is as wide as this. */
const LINE_LENGTH = 100;

/** A model's table as Keras prints it with `line_length=100`, and the same for Markdown. */
export async function summary(
  model: ModelReport,
  { costs, ...form }: SummaryForm,
  /** Asked for only where costs are. */
  lower: () => Lowering | undefined,
): Promise<{ readonly title: string; readonly text: string; readonly markdown: string }> {
  const { summarise, summaryMarkdown } = await loadTables();
  const lowering = costs ? lower() : undefined;
  const options = { ...form, lineLength: LINE_LENGTH, costs: lowering && costsOf(lowering) };
  const text = summarise(model, options)
    .map((line) => line.map((piece) => piece.text).join(""))
    .join("\n");
  const title = model.name === model.kerasName ? model.name : `${model.name} (${model.kerasName})`;
  return { title, text, markdown: summaryMarkdown(model, options) };
}
