import type { With } from "../python/syntax.ts";
import { assign } from "./assign.ts";
import { memberOf } from "./attributes.ts";
import { callMethod } from "./calls.ts";
import { evaluate } from "./evaluate.ts";
import { execute } from "./execute.ts";
import type { Exits } from "./exits.ts";
import { heldBy } from "./held.ts";
import { eachWay, onwards } from "./leaving.ts";
import type { Machine } from "./machine.ts";
import { calledName } from "./observe.ts";
import { truth } from "./operators.ts";
import { guardedBy } from "./raising.ts";
import { type Instance, NONE_VALUE, positional, unknown, type Value } from "./values.ts";

/** Under this name a context manager keeps the classes of the exceptions that it swallows. */
export const SWALLOWS = "%swallows";

/** One manager inside another: what is entered is left again, whatever way out the body takes. */
export function withStatement(m: Machine, { items, body }: With, from = 0): Exits | undefined {
  const item = items[from];
  if (item === undefined) return execute(m, body);
  const manager = evaluate(m, item.value);
  const raises = item.value.kind === "Call" && RAISES.test(calledName(item.value.callee));
  const isManager = manager.kind === "instance";
  const entered = isManager ? (callMethod(m, manager, "__enter__", positional()) ?? manager) : manager;
  if (item.target !== undefined) assign(m, item.target, entered);
  const rest = () => withStatement(m, { items, body } as With, from + 1);
  const inner = raises ? () => meantToRaise(m, rest) : rest;
  if (!isManager || memberOf(m, manager.class, "__exit__") === undefined) return inner();
  const exits = guarded(m, manager, inner) ?? { normal: m.state };
  const after = eachWay(m, exits, (way) => left(m, manager, way));
  const isPlain = after.normal !== undefined && Object.values(after).filter((it) => it !== undefined).length === 1;
  return isPlain ? undefined : after;
}

/** `with self.assertRaises(ValueError):`, `with pytest.raises(…):` */
const RAISES = /raises/i;
function meantToRaise(m: Machine, body: () => Exits | undefined): Exits | undefined {
  m.guarded++;
  try {
    return body();
  } finally {
    m.guarded--;
  }
}

function left(m: Machine, manager: Instance, way: Exits): Exits {
  const nothing = [NONE_VALUE, NONE_VALUE, NONE_VALUE];
  const value = way.raised?.value;
  const raised = value === undefined ? nothing : [typeOf(value), value, unknown("a traceback")];
  const answer = callMethod(m, manager, "__exit__", positional(...raised));
  const isSwallowed = value !== undefined && answer !== undefined && truth(m, answer) === true;
  return isSwallowed ? { normal: m.state } : onwards(m, way);
}
const typeOf = (value: Value): Value => (value.kind === "instance" ? value.class : unknown("what was raised"));

function guarded(m: Machine, manager: Instance, body: () => Exits | undefined): Exits | undefined {
  const swallowed = heldBy(m, manager, SWALLOWS);
  if (swallowed?.kind !== "tuple") return body();
  const { guards } = m;
  m.guards = guardedBy(
    guards,
    swallowed.items.flatMap((it) => (it.kind === "class" ? [it.name] : [])),
  );
  try {
    return body();
  } finally {
    m.guards = guards;
  }
}
