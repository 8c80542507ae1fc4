import type { Location } from "./analysis.ts";
import type { Finished } from "./cardMaker.ts";
import { runsOf, valueAt } from "./interpreter/valueAt.ts";
import type { Value } from "./interpreter/values.ts";
import { pointedAt } from "./python/pointed.ts";
import { type Span, sameSpan, shifted } from "./text/span.ts";

/**
 * Where what an expression calls is defined, in any file that was read: the function or the class that it names, or the
 * line that made the layer or the model. Undefined where nothing of the project's own is called.
 */
export function definitionAt(last: Finished, span: Span): Location | undefined {
  const { session, path, machine, state } = last;
  const document = session.documentOf(path);
  const pointed = document && pointedAt(document.module, span.start);
  if (pointed === undefined) return undefined;
  const { base, statement } = pointed;
  const call = pointed.expressions.find((it) => sameSpan(shifted(it.span, base), span));
  if (call?.kind !== "Call") return undefined;
  // `layers.Dense(64)(x)` is made where it is called.
  if (call.callee.kind === "Call") return { path, span: shifted(call.callee.span, base) };
  const around = [call.callee, call];
  for (const run of runsOf(last.ran, statement.id)) {
    const value = valueAt(run, statement, around);
    const found = value && machine.at(state, () => definitionOf(last, value));
    if (found !== undefined) return found;
  }
  return undefined;
}

function definitionOf(last: Finished, value: Value): Location | undefined {
  switch (value.kind) {
    case "function":
      return headerOf(last, value.code);
    case "method":
      return definitionOf(last, value.function);
    case "class":
      return value.statement === undefined ? undefined : headerOf(last, value.statement);
    case "instance": {
      const { machine, frameworks, session } = last;
      const place = frameworks.map((it) => it.card?.(machine, value, undefined)?.place).find((it) => it !== undefined);
      return place && session.locator().locate(place);
    }
    default:
      return undefined;
  }
}

/** The first line of a definition. */
function headerOf({ session }: Finished, statement: number): Location | undefined {
  for (const path of session.paths()) {
    const document = session.documentOf(path);
    const start = document?.startOf(statement);
    if (document === undefined || start === undefined) continue;
    const end = document.text.indexOf("\n", start);
    return { path, span: { start, end: end < 0 ? document.text.length : end } };
  }
  return undefined;
}
