import type { Machine } from "../../interpreter/machine.ts";
import { ELLIPSIS, native, positional, type TensorValue, unknown, type Value } from "../../interpreter/values.ts";
import { hasRank } from "../../tensor/shape.ts";
import { tensor as made } from "../operation.ts";
import { setItem } from "./getItem.ts";
import { type Step, stepOf } from "./history.ts";
import { recall, remember } from "./recipes.ts";
import { handedOn, sharing } from "./views.ts";

/**
 * An array is a value here, and in Python it is a place: what one name writes into it, every other name reads, and so
 * does every view. So a write makes another array, which is kept with the one that was written to, or with the one
 * that it is a view of; and whoever reads an array takes what is kept with it (`current`). A view is taken again out
 * of what its base has become.
 */

/** What a written array's slot holds beside its step. */
interface Written extends Step {
  /** What it has become. */
  readonly now?: TensorValue | undefined;
  /** For a view: of which array of its base that is. */
  readonly since?: number | undefined;
}
const slotOf = (m: Machine, { id }: TensorValue): Partial<Written> | undefined =>
  id > 0 ? m.slot<Partial<Written>>(id) : undefined;
function keep(m: Machine, array: TensorValue, now: TensorValue, since?: number): void {
  const { type = "Array", inputs = [], args, place = m.here, ...others } = slotOf(m, array) ?? {};
  if (array.id > 0) m.setSlot(array.id, { ...others, type, inputs, args, place, now, since } satisfies Written);
}

/**
 * A view of so many views is not followed: each is asked of the one before it, whenever it is read. Nor is a circle of
 * them, which a loop makes whose rounds are not told apart.
 */
const MOST_VIEWS = 12;

/** What the array holds by now. */
export const current = (m: Machine, array: TensorValue): TensorValue => currentAt(m, array, 0);

function currentAt(m: Machine, array: TensorValue, depth: number): TensorValue {
  if (array.may?.some((it) => currentAt(m, it, depth) !== it)) return lost(m, array);
  const slot = m.isRemaking ? undefined : slotOf(m, array);
  if (slot === undefined) return array;
  // Only some of the cases that meet here wrote into it.
  if (slot.type === undefined) return lost(m, array, "whether it was written into differs between the cases");
  const step = slot as Written;
  const base = step.inputs[0];
  const how = base && sharing(m, array, step);
  if (base === undefined || how === undefined) return followed(m, array, step, depth);
  if (depth > MOST_VIEWS) return cutOff(m, array);
  const held = currentAt(m, base, depth + 1);
  if (how === "same") return held;
  const isSame = held.id === (step.now === undefined ? base.id : step.since);
  if (isSame) return followed(m, array, step, depth);
  const now = how === "view" ? (viewed(m, array, step, held) ?? lost(m, array)) : lost(m, array);
  keep(m, array, now, held.id);
  return now;
}
/** An array of its own from here on. Nothing is known of it and of what it shares: either may be written into. */
function cutOff(m: Machine, array: TensorValue): TensorValue {
  const now = lost(m, array);
  const [base] = stepOf(m, array)?.inputs ?? [];
  if (array.id > 0)
    m.setSlot(array.id, { type: "Array", inputs: [], args: undefined, place: m.here, now } satisfies Written);
  if (base !== undefined) spoil(m, base);
  return now;
}
function followed(m: Machine, array: TensorValue, { now, since }: Written, depth: number): TensorValue {
  if (now === undefined) return array;
  if (depth > MOST_VIEWS) return cutOff(m, array);
  const last = currentAt(m, now, depth + 1);
  if (last !== now) keep(m, array, last, since);
  return last;
}

/** `array[index] = value`: what the array is then. */
export const set = (m: Machine, array: TensorValue, index: Value, value: Value): TensorValue =>
  write(m, array, setItem(m, array, index, value));
/** `array += value` and `out=array`: all of its elements. */
export const fill = (m: Machine, array: TensorValue, value: Value): TensorValue => set(m, array, ELLIPSIS, value);
/** It is written into in a way that is not followed. */
export const spoil = (m: Machine, array: TensorValue, reason?: string): TensorValue =>
  write(m, array, lost(m, array, reason));

/** The array itself, and no other view of its memory, gets another shape. */
export function reshaped(m: Machine, array: TensorValue, now: TensorValue): void {
  const step = stepOf(m, array);
  const isView = step !== undefined && sharing(m, array, step) !== undefined;
  const held = isView ? { ...lost(m, array), shape: now.shape } : now;
  m.setSlot(held.id, { type: "Array", inputs: [], args: undefined, place: m.here } satisfies Step);
  keep(m, array, held, isView ? current(m, step.inputs[0] ?? array).id : undefined);
}
/** `array += value`, which gave `made`: in place, where it is an array and no single number. */
export function changed(m: Machine, array: TensorValue, made: Value): Value {
  if (made.kind !== "tensor" || made.family !== array.family || !hasRank(array.shape)) {
    spoil(m, array);
    return made;
  }
  const isOne = array.shape.rank === 0 && !/^(?:Array|Asarray|Zeros|Ones|Full)$/.test(stepOf(m, array)?.type ?? "");
  return isOne ? made : fill(m, array, made);
}

function write(m: Machine, array: TensorValue, now: TensorValue, depth = 0): TensorValue {
  for (const it of array.may ?? []) spoil(m, it, "whether it was written into is not known");
  const step = stepOf(m, array);
  const [base] = step?.inputs ?? [];
  const how = step && sharing(m, array, step);
  if (base === undefined || step === undefined || how === undefined) keep(m, array, now);
  else if (depth > MOST_VIEWS) return cutOff(m, array);
  else if (how === "same") return write(m, current(m, base), now, depth + 1);
  else if (how === "view") {
    const held = current(m, base);
    write(m, held, putBack(m, held, now, step, array), depth + 1);
    return current(m, array);
  } else keep(m, array, now, write(m, current(m, base), lost(m, base), depth + 1).id);
  return now;
}

const UNFOLLOWED = "what it reads was written into in place, in a way that is not followed";
/** An array of that shape, of whose elements nothing is known. */
function lost(m: Machine, { family, shape, dtype, assumed, origin }: TensorValue, reason = UNFOLLOWED): TensorValue {
  const result = { ...made(m, family, shape, dtype, { assumed }), origin };
  remember([result], { function: native("Lost", () => unknown(reason)), args: positional() });
  return result;
}

/** The same view of what its base has become. */
function viewed(m: Machine, array: TensorValue, { inputs: [base] }: Step, held: TensorValue): TensorValue | undefined {
  const how = recall(array);
  return how && base && handedOn(m, how, base, held);
}

/** What a view's base is once the view holds something else. */
function putBack(m: Machine, base: TensorValue, part: TensorValue, step: Step, view: TensorValue): TensorValue {
  const how = recall(view);
  const [from] = step.inputs;
  const result = { ...made(m, base.family, base.shape, base.dtype, { assumed: base.assumed }), origin: base.origin };
  if (how === undefined || from === undefined) return lost(m, base);
  const put = native("Put", (again) =>
    traced(again, base, part, result, (places) => handedOn(again, how, from, places)),
  );
  remember([result], { function: put, args: positional() });
  base.family.record?.(m, "Put", [base, part], [result]);
  if (m.tracer !== undefined) put.call(m, positional());
  return result;
}
/** Which elements of the base the view consists of is seen by taking the view of their numbers. */
function traced(
  m: Machine,
  base: TensorValue,
  part: TensorValue,
  result: TensorValue,
  viewOf: (places: TensorValue) => TensorValue | undefined,
): Value {
  const places = made(m, base.family, base.shape, "int64");
  const step = (name: string, inputs: readonly TensorValue[], output: TensorValue, named: Record<string, Value>) =>
    m.tracer?.({
      kind: "operation",
      name,
      argument: (it) => named[it],
      inputs,
      outputs: [output],
      place: m.blame ?? m.here,
    });
  step("Places", [], places, {});
  const at = viewOf(places);
  if (at === undefined) return unknown(UNFOLLOWED);
  step("Put", [base, at, part], result, { x: base, at, part });
  return result;
}
