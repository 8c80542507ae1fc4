import type { Location, Lowering } from "../../core/index.ts";
import { testCore } from "../programs/told.ts";

const core = await testCore();

/** Stands before the text of a program. */
export const HEADER = "import keras\nfrom keras import layers, ops\nimport tensorflow as tf\n";

/** The models of a program, ready to run. */
export function loweringsOf(text: string, batch = 2): readonly Lowering<Location>[] {
  const path = "/program.py";
  const file = { path, text: `${HEADER}${text}` };
  const { analysis } = core.analyse({ file, answers: new Map(), settings: { keras: "auto", fixes: false } });
  return analysis.models.flatMap((_, index) => core.lower(path, index, { batch }) ?? []);
}
export function loweringOf(text: string, batch = 2): Lowering<Location> {
  const last = loweringsOf(text, batch).at(-1);
  if (last === undefined) throw new Error("the program builds no model");
  return last;
}
/** `dense (2, 10)`, with the reason where it does not run. */
export const rowsOf = ({ rows }: Lowering): readonly string[] =>
  rows.map(({ name, depth, predicted, problem }) =>
    [
      "  ".repeat(depth) + name,
      ...(predicted ?? []).map((it) => `(${it.join(", ")})`),
      ...(problem === undefined ? [] : [problem]),
    ].join(" "),
  );
