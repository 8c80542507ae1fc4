import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds without anything to do. Between two keystrokes there are more. */
const PAUSE = 15;
/** How much of the room for what is new has to be taken before a collection is worth its time. */
const TAKEN = 0.3;

/**
 * Collects what is new and not used any more while nothing waits: V8 would do it in the midst of every fifth answer to
 * a keystroke, which then comes some milliseconds later. Call the function that it gives when there is something to do.
 */
export function collectAtRest(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: (how: { readonly type: "minor" }) => void = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  const rest = () => {
    const young = getHeapSpaceStatistics().find((it) => it.space_name === "new_space");
    if (young === undefined) return;
    const { space_used_size: used, space_available_size: free } = young;
    if (used > (used + free) * TAKEN) collect({ type: "minor" });
  };
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer = timer?.refresh() ?? setTimeout(rest, PAUSE).unref();
  };
}
