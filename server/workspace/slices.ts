/** How long a slice of analysis may keep everything else waiting, in milliseconds. */
const SLICE = 5;

/** Runs to the end in slices, as long as `goOn`, which is asked between two of them, lets whatever waits come first. */
export async function inSlices<T>(
  start: (pause: () => boolean) => Generator<void, T>,
  now: () => number,
  goOn: () => Promise<boolean>,
): Promise<T | undefined> {
  let end = now() + SLICE;
  const run = start(() => now() >= end);
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return value;
    if (!(await goOn())) return undefined;
    end = now() + SLICE;
  }
}
