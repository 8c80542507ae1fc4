import type { Edit } from "./analysis.ts";
import { annotatedIn } from "./annotations.ts";
import type { Finished } from "./cardMaker.ts";
import { statementsIn } from "./python/statements.ts";
import type { Module, Statement } from "./python/syntax.ts";
import { readInputs } from "./rules/inputAnnotation.ts";
import { printShape } from "./tensor/shape.ts";

export type InputShapeEdit =
  | { readonly edit: Edit; readonly problem?: undefined }
  | { readonly edit?: undefined; readonly problem: string };

/** The edit that writes, or rewrites, the annotation of a model of the last report. A problem is a sentence. */
export function inputShapeEdit(last: Finished, index: number, shapes: string): InputShapeEdit {
  const { path, session, report } = last;
  const model = report.models[index];
  const document = session.documentOf(path);
  if (model === undefined || document === undefined) return { problem: "there is no such model in this file" };
  if (document.text !== last.text) return { problem: "the file has changed since it was read; try again" };
  const { problem } = readInputs(shapes);
  if (problem !== undefined) return { problem };
  const { text, module } = document;
  const standing = statementAt(module, model.span.start);
  if (standing === undefined) return { problem: `the line that makes ${model.name} cannot carry a comment for it` };
  const newText = `# inlayer: input ${shapes.trim()}`;
  const old = annotatedIn(text, module).find((it) => it.statement?.id === standing.statement.id);
  if (old !== undefined) return { edit: { location: { path, span: old.span }, newText } };
  if (model.inputs !== undefined) {
    return { problem: `the program itself says what ${model.name} takes: ${model.inputs.map(printShape).join(", ")}` };
  }
  const rest = /^[^\r\n]*/.exec(text.slice(standing.end))?.[0] ?? "";
  const at = standing.end + rest.trimEnd().length;
  return { edit: { location: { path, span: { start: at, end: at } }, newText: `  ${newText}` } };
}

/** The innermost statement around an offset, if it is a simple one. */
function statementAt(
  module: Module,
  offset: number,
): { readonly statement: Statement; readonly end: number } | undefined {
  const around = statementsIn(module).flatMap(({ statement, start }) => {
    const end = start + (statement.span.end - statement.span.start);
    return start <= offset && offset < end ? [{ statement, end }] : [];
  });
  const found = around.at(-1);
  return found === undefined || "body" in found.statement || "cases" in found.statement ? undefined : found;
}
