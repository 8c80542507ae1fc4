/** Plain data that somebody else wrote: a table of keys and values, and no list. */
export const isRecord = (it: unknown): it is Readonly<Record<string, unknown>> =>
  typeof it === "object" && it !== null && !Array.isArray(it);
