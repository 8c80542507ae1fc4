import { indexOf, modelsOf } from "../../features/models.ts";
import { summary } from "../../features/summary.ts";
import { USUAL_FORM } from "../../features/summaryForm.ts";
import { why } from "../../features/why.ts";
import { locationIn, offsetIn } from "../convert.ts";
import type { At, ModelEntry, SummaryParams, SummaryResult, WhyResult } from "../messages.ts";
import { read, type Session } from "../session.ts";

/** The models of a document; of a cell that makes none, all of its notebook. */
export async function listModels(session: Session, { uri }: { readonly uri: string }): Promise<ModelEntry[]> {
  const found = await read(session, uri);
  if (found === undefined) return [];
  const { analysis, file } = found.analysed;
  const all = modelsOf(analysis).flatMap(({ span, ...model }) => {
    const location = locationIn(file, span);
    return location === undefined ? [] : [{ ...model, uri: location.uri, range: location.range }];
  });
  const here = all.filter((model) => model.uri === uri);
  return here.length > 0 ? here : all;
}

/** The summary of a model: after an edit, of the one that has its name. */
export async function summarise(
  session: Session,
  { uri, model, name, form }: SummaryParams,
): Promise<SummaryResult | null> {
  const found = await read(session, uri);
  if (found === undefined) return null;
  const { analysis, file } = found.analysed;
  const index = indexOf(analysis, model, name);
  const chosen = index === undefined ? undefined : analysis.models[index];
  if (index === undefined || chosen === undefined) return null;
  const lower = () => session.lower(file.path, index, { batch: 1 });
  return summary(chosen, { ...USUAL_FORM, ...form }, lower);
}

export async function explain(session: Session, { uri, position }: At): Promise<WhyResult> {
  const found = await read(session, uri);
  if (found === undefined) return { text: "This file is not open as Python." };
  const { analysed, part } = found;
  return { text: why(analysed, offsetIn(part, position), session.configuration().hints.enabled) };
}
