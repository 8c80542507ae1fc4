import type { Location } from "./analysis.ts";
import type { Finished } from "./cardMaker.ts";
import { gathered } from "./gathered.ts";
import type { Lowering, LoweringOptions } from "./lowering/lowering.ts";

/**
 * The model that the report on a file lists at `index`, as a graph to run; undefined where it lists none there. The
 * graph is traced from what the analysis built, so a run is the proof of the hints.
 */
export function lowered(last: Finished, index: number, options: LoweringOptions): Lowering<Location> | undefined {
  const { machine, state } = last;
  return machine.at(state, () => traced(last, index, options));
}

function traced(
  { path, session, frameworks, machine, seen }: Finished,
  index: number,
  options: LoweringOptions,
): Lowering<Location> | undefined {
  const locator = session.locator();
  const marks = gathered(seen).flatMap((it) => it.marks);
  const models = frameworks.flatMap((framework) => {
    const own = framework.models?.(machine, marks) ?? [];
    return own.map((model) => ({ framework, model }));
  });
  const listed = models.filter(({ model }) => locator.firstIn(path, [model.place, ...model.callers]) !== undefined);
  const at = listed[index];
  const found = at?.framework.lower?.(machine, marks, at.model, options);
  if (found === undefined) return undefined;
  const rows = found.rows.map((row) => ({ ...row, location: row.location && locator.locate(row.location) }));
  return { ...found, rows };
}
