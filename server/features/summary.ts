import { type Lowering, loadTables, type ModelReport } from "../../core/index.ts";
import { costsOf } from "./summaryCosts.ts";
import type { SummaryForm } from "./summaryForm.ts";

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
