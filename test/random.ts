/** Numbers in [0, 1) that depend on nothing but the seed (mulberry32): enough for tests, and the same everywhere. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of a random test: `SEED=… npm test` runs a printed one again; else `usual`, or a new one each time. */
export function chosenSeed(usual?: number): number {
  const { SEED } = process.env;
  return Number(SEED ?? usual ?? Date.now() % 2 ** 31);
}
