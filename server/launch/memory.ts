import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** What V8 may take for what is new, in bytes: half of what it would. More of it makes nothing faster. */
const YOUNG = 16 * 2 ** 20;

/** Flags of V8's that are set, each with what it is at a start. (An engine that does not know one ignores it.) */
const changed = new Map<string, string>();
function set(flag: string, atStart: string): void {
  changed.set(flag, atStart);
  setFlagsFromString(flag);
}

/**
 * A server stands beside an editor all day: it holds little rather than collect garbage seldom. And what is made of one
 * text is garbage with the next one: V8 takes it for long-lived and makes more and more of it in the old generation,
 * where it keeps alive whatever it refers to until that is collected as a whole. That it shall not.
 */
export function holdLittle(): void {
  set("--no-allocation-site-pretenuring", "--allocation-site-pretenuring");
  // Before the first collection of all: by it V8 sets how far the heap may grow until the next.
  set("--heap-growing-percent=25", "--heap-growing-percent=0");
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find((it) => it.space_name === "new_space");
    if (young === undefined || young.space_size < YOUNG) return;
    set("--semi-space-growth-factor=1", "--semi-space-growth-factor=2");
    observer.disconnect();
  });
  observer.observe({ entryTypes: ["gc"] });
}

/** V8 takes no code that it compiled under other flags than those it has when it starts. */
export function asAtStart(body: () => void): void {
  for (const flag of changed.values()) setFlagsFromString(flag);
  try {
    body();
  } finally {
    for (const flag of changed.keys()) setFlagsFromString(flag);
  }
}
