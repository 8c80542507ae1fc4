import type { Machine } from "../../../interpreter/machine.ts";
import { versionIn } from "../version.ts";

/** Keras's own snake case: `GlobalAveragePooling1D` → `global_average_pooling1d` (keras.src.utils.naming). */
export const snakeCase = (name: string): string =>
  name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

interface NameCount {
  readonly count: number;
  /** Names that a `clear_session` has given free again are counted from 0: which clearing it was. */
  readonly session: number;
  joined(this: NameCount, other: object): NameCount;
}
/** After two ways that made different numbers of layers, the next name is not known. */
function joinedCounts(this: NameCount, other: object): NameCount {
  return { ...this, count: Number.NaN, session: Math.max(this.session, (other as NameCount).session) };
}
const SESSION = "keras session";
const sessionOf = (m: Machine): number => m.slot<{ readonly session: number }>(m.named(SESSION))?.session ?? 0;
/** Whose graph is traced, in Keras 2: what is made there is counted apart, from 0. */
const TRACED = "keras names of a graph";
const tracedIn = (m: Machine): number | undefined =>
  m.slot<{ readonly layer: number | undefined }>(m.named(TRACED))?.layer;
export function namesOfGraph<T>(m: Machine, layer: number, body: () => T): T {
  if (versionIn(m) !== 2 || tracedIn(m) !== undefined) return body();
  const id = m.named(TRACED);
  m.setSlot(id, { layer });
  try {
    return body();
  } finally {
    m.setSlot(id, { layer: undefined });
  }
}

const snakeCases = new Map<string, string>();

/**
 * The next automatic name for a class: `dense`, `dense_1`, … in the order of execution; each class counts by itself.
 */
export function automaticName(m: Machine, type: string): string {
  const isOld = versionIn(m) === 2;
  if (isOld && type === "Functional") return automaticName(m, "Model");
  // Keras 2 counts its inputs from 1, and calls them so.
  if (isOld && type === "InputLayer") return `input_${Number(/\d+$/.exec(automaticName(m, "Input"))?.[0] ?? 0) + 1}`;
  let prefix = snakeCases.get(type);
  if (prefix === undefined) {
    prefix = snakeCase(type);
    snakeCases.set(type, prefix);
  }
  const graph = isOld ? tracedIn(m) : undefined;
  const id = m.named(`keras ${graph === undefined ? "name" : "name in a graph"} ${prefix}`);
  const session = graph ?? sessionOf(m);
  const known = m.slot<NameCount>(id);
  const count = known?.session === session ? known.count : 0;
  m.setSlot(id, { count: count + 1, session, joined: joinedCounts } satisfies NameCount);
  if (Number.isNaN(count)) return "?";
  return count === 0 ? prefix : `${prefix}_${count}`;
}
/** Whatever is made in `body`, the next automatic name of the class is what it would have been. */
export function keepingNames<T>(m: Machine, type: string, body: () => T): T {
  const id = m.named(`keras name ${snakeCase(type)}`);
  const before = m.slot<NameCount>(id);
  const result = body();
  m.setSlot(id, before ?? ({ count: 0, session: sessionOf(m), joined: joinedCounts } satisfies NameCount));
  return result;
}
export const forgetNames = (m: Machine): void => m.setSlot(m.named(SESSION), { session: sessionOf(m) + 1 });
