import type { Location } from "./analysis.ts";
import type { Finished } from "./cardMaker.ts";
import { gathered } from "./gathered.ts";
import type { Framework, Mark, PlacedModel } from "./interpreter/framework.ts";
import type { Lowering, LoweringOptions } from "./lowering/lowering.ts";

/**
 * The model that the report on a file lists at `index`, as a graph to run; undefined where it lists none there. The
 * graph is traced from what the analysis built, so a run is the proof of the hints.
 */
export function lowered(last: Finished, index: number, options: LoweringOptions): Lowering<Location> | undefined {
  const { machine, session, state } = last;
  return machine.at(state, () => {
    const listed = modelListedAt(last, index);
    const found = listed?.framework.lower?.(machine, listed.marks, listed.model, options);
    const locator = session.locator();
    const rows = found?.rows.map((row) => ({ ...row, location: row.location && locator.locate(row.location) }));
    return found && rows && { ...found, rows, location: found.location && locator.locate(found.location) };
  });
}

interface Listed {
  readonly framework: Framework;
  readonly marks: readonly Mark[];
  readonly model: PlacedModel;
}
/** A model of the report, and the framework that knows it; to be asked at the analysis's last state. */
export function modelListedAt(
  { path, session, frameworks, machine, seen }: Finished,
  index: number,
): Listed | undefined {
  const locator = session.locator();
  const marks = gathered(seen).flatMap((it) => it.marks);
  const models = frameworks.flatMap((framework) => {
    const own = framework.models?.(machine, marks) ?? [];
    return own.map((model) => ({ framework, marks, model }));
  });
  return models.filter(({ model }) => locator.firstIn(path, [model.place, ...model.callers]) !== undefined)[index];
}
