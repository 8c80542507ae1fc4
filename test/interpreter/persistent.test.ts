import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Persistent } from "../../core/interpreter/persistent.ts";
import { chosenSeed, randomSource } from "../random.ts";

type Entry = { readonly n: number };
const ENTRIES: readonly Entry[] = Array.from({ length: 9 }, (_, n) => ({ n }));

describe("a persistent map", () => {
  const seed = chosenSeed();
  const random = randomSource(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const changed = (map: Persistent<Entry>, times: number, keys: number): Persistent<Entry> => {
    let result = map;
    for (let i = 0; i < times; i++) result = result.set(below(keys), ENTRIES[below(ENTRIES.length + 1)]);
    return result;
  };

  it(`takes over what another changed of a base, key by key (seed ${seed})`, () => {
    for (let round = 0; round < 300; round++) {
      const keys = [5, 40, 2000, 50_000][round % 4] ?? 5;
      const base = changed(Persistent.empty<Entry>(), below(200), keys);
      const mine = changed(base, below(60), keys);
      const its = changed(base, below(60), round % 3 === 0 ? keys * 40 : keys);
      const grafted = mine.grafted(base, its);
      for (let key = 0; key < Math.min(keys * 40, 100_000); key += keys > 100 ? below(97) + 1 : 1) {
        const meant = its.get(key) === base.get(key) ? mine.get(key) : its.get(key);
        assert.equal(grafted.get(key), meant, `key ${key} in round ${round}`);
      }
    }
  });

  it("shares what nobody changed, and is the other itself where this one did not differ", () => {
    const base = changed(Persistent.empty<Entry>(), 500, 5000);
    const its = changed(base, 20, 5000);
    assert.equal(
      base.grafted(base, its).differs(its, () => true),
      false,
    );
  });

  it(`leaves a snapshot as it was, whatever is changed in place after it (seed ${seed})`, () => {
    for (let round = 1; round < 100; round++) {
      const start = changed(Persistent.empty<Entry>(), below(100), 3000);
      const meant = new Map<number, Entry | undefined>();
      let edited = start;
      const snapshots: [Persistent<Entry>, Map<number, Entry | undefined>][] = [[start, new Map()]];
      for (let draft = 1; draft < 6; draft++) {
        for (let i = below(40); i > 0; i--) {
          const [key, value] = [below(5000), ENTRIES[below(ENTRIES.length + 1)]];
          edited = edited.edited(key, value, draft);
          meant.set(key, value);
        }
        snapshots.push([edited, new Map(meant)]);
      }
      for (const [map, changes] of snapshots)
        for (let key = 0; key < 5000; key++)
          assert.equal(map.get(key), changes.has(key) ? changes.get(key) : start.get(key), `key ${key}`);
    }
  });
});
