import assert from "node:assert/strict";
import { PerformanceObserver } from "node:perf_hooks";
import { test } from "node:test";
import { collectAtRest } from "../../server/launch/rest.ts";

/** What V8 says of a collection that is its own idea. */
const NOT_ASKED_FOR = 0;

test("garbage is collected when there is nothing more to do", async () => {
  const busy = collectAtRest();
  const collected = new Promise<void>((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const flags = list.getEntries().map((it) => (Reflect.get(it, "detail") as { readonly flags: number }).flags);
      if (flags.every((it) => it === NOT_ASKED_FOR)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ entryTypes: ["gc"] });
  });
  const garbage = () => Array.from({ length: 20_000 }, (_, i) => ({ i, text: `${i}` })).length;
  const made = setInterval(() => {
    assert.equal(garbage(), 20_000);
    busy();
  }, 30);
  await collected;
  clearInterval(made);
});
