import type { Expression } from "../python/syntax.ts";
import { setAttribute } from "./attributes.ts";
import { makeList } from "./containers.ts";
import { evaluate } from "./evaluate.ts";
import { iterate } from "./iterate.ts";
import type { Machine } from "./machine.ts";
import { bindName, rebindName } from "./names.ts";
import { mayBeData, observeData } from "./observe.ts";
import { raised } from "./raising.ts";
import { namedAs, usedAsSequence } from "./reading.ts";
import { setItem } from "./subscript.ts";
import { str, type TensorValue, unknown, type Value } from "./values.ts";

/** Binds a target, of any form, to a value. */
export function assign(m: Machine, target: Expression, value: Value): void {
  switch (target.kind) {
    case "Name":
      bindName(m, target.name, value);
      namedAs(m, target.name, value);
      for (const framework of m.frameworks) framework.bound?.(m, target.name, value);
      return;
    case "Attribute":
      setAttribute(m, evaluate(m, target.object), target.name, value);
      return;
    case "Subscript": {
      const object = evaluate(m, target.object);
      const index = evaluate(m, target.index);
      setItem(m, object, index, value);
      if (object.kind === "tensor") changed(m, target.object, object);
      return;
    }
    case "Tuple":
    case "List":
      unpack(m, target.items, value);
      return;
    case "Starred":
      assign(m, target.value, value);
      return;
    default:
      return;
  }
}

/** Where a family does not follow what is written into it, it is at least not said of what was written through. */
function changed(m: Machine, node: Expression, { facts, ...array }: TensorValue): void {
  if (array.family.set !== undefined || facts === undefined) return;
  if (node.kind === "Attribute") setAttribute(m, evaluate(m, node.object), node.name, array);
  if (node.kind === "Name") rebindName(m, node.name, array);
}

function unpack(m: Machine, targets: readonly Expression[], value: Value): void {
  const refused = value.kind === "tensor" ? value.family.iterated?.(m, value) : undefined;
  const names = targets.map((it) => (it.kind === "Name" ? it.name : undefined));
  if (!targets.some((it) => it.kind === "Starred")) usedAsSequence(m, value, names);
  const { items, rest } = iterate(m, refused === undefined ? value : unknown(refused));
  const star = targets.findIndex((target) => target.kind === "Starred");
  const after = star < 0 ? 0 : targets.length - star - 1;
  const miscounted = rest === undefined ? checkCount(m, targets.length, star >= 0, items) : undefined;
  if (miscounted !== undefined) {
    for (const it of targets) forget(m, it.kind === "Starred" ? it.value : it, miscounted);
    return;
  }
  for (const [i, target] of targets.entries()) {
    if (i === star) {
      const middle = rest === undefined ? items.slice(star, Math.max(star, items.length - after)) : [];
      assign(m, target, makeList(m, middle, rest));
      continue;
    }
    const known =
      star < 0 || i < star ? items[i] : rest === undefined ? items[items.length - targets.length + i] : undefined;
    const part = known ?? rest?.element ?? unknown("there is no such item to unpack");
    assign(m, target, part);
    if (target.kind === "Name" && mayBeData(part)) observeData(m, target, part);
  }
}

/** As many items as targets, or at least as many as the targets without a star. */
function checkCount(m: Machine, targets: number, starred: boolean, values: readonly Value[]): string | undefined {
  const items = values.length;
  if (starred ? items >= targets - 1 : items === targets) return undefined;
  const atLeast = starred ? `at least ${targets - 1}` : `${targets}`;
  const text =
    items < targets
      ? `not enough values to unpack (expected ${atLeast}, got ${items})`
      : `too many values to unpack (expected ${targets})`;
  raised(m, "ValueError", text, str(text));
  const [first] = values;
  return first?.kind === "tensor" ? first.family.miscounted?.(m, values, targets) : undefined;
}

/** Every name that a target binds becomes unknown, for that reason. */
export function forget(m: Machine, target: Expression, reason: string): void {
  if (target.kind === "Tuple" || target.kind === "List") {
    for (const item of target.items) forget(m, item, reason);
  } else assign(m, target, unknown(reason));
}
