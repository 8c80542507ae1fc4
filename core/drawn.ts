import type { Location } from "./analysis.ts";
import type { Finished } from "./cardMaker.ts";
import type { Drawing } from "./graph/drawing.ts";
import { modelListedAt } from "./lowered.ts";

/** The model that the report on a file lists at `index`, as it is drawn; undefined where it lists none there. */
export function drawn(last: Finished, index: number): Drawing<Location> | undefined {
  const { machine, session, state } = last;
  const locator = session.locator();
  return machine.at(state, () => {
    const listed = modelListedAt(last, index);
    const found = listed?.framework.draw?.(machine, listed.marks, listed.model);
    const nodes = found?.nodes.map((it) => ({
      ...it,
      location: it.location && locator.locate(it.location),
      around: locator.locateAll(it.around),
    }));
    return found && nodes && { ...found, nodes };
  });
}
