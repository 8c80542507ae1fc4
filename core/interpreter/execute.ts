import type {
  AnnotatedAssign,
  Assert,
  BinaryOp,
  Block,
  Expression,
  FunctionDef,
  If,
  Raise,
  Statement,
} from "../python/syntax.ts";
import { assign, forget } from "./assign.ts";
import { deleteAttribute } from "./attributes.ts";
import { broken, endsBroken } from "./broken.ts";
import { callMethod, callValue, makeFunction } from "./calls.ts";
import { makeClass } from "./classes.ts";
import { evaluate } from "./evaluate.ts";
import { type Exits, followed, joinExits, Raised } from "./exits.ts";
import { importFrom, importModules } from "./imports.ts";
import { joinStates } from "./join.ts";
import { IMPORTED } from "./limits.ts";
import { forLoop, whileLoop } from "./loops.ts";
import type { Machine } from "./machine.ts";
import { matchStatement } from "./match.ts";
import { spoil } from "./methods/receiver.ts";
import { fieldOf } from "./methods.ts";
import { bindName, lookupIn, valueIn } from "./names.ts";
import { observeData, observeSeveral } from "./observe.ts";
import { binary, DUNDERS, truth } from "./operators.ts";
import { raised } from "./raising.ts";
import { deleteItem } from "./subscript.ts";
import { CAUGHT, tryStatement } from "./tryStatement.ts";
import { NONE_VALUE, positional, reasonOf, str, tuple, unknown, type Value } from "./values.ts";
import { unwatched } from "./watching.ts";
import { withStatement } from "./withStatement.ts";

/** Runs a block. Undefined: it goes on to what follows, from the machine's state; else the ways out of it. */
export function execute(m: Machine, block: Block): Exits | undefined {
  let before: Exits | undefined;
  const last = m.ending ? block.entries.at(-1)?.statement : undefined;
  const { conditional, left } = m;
  try {
    for (const { statement } of block.entries) {
      if (m.exhausted) break;
      m.ending = statement === last;
      const exits = m.unit(statement, run).exits;
      if (exits === undefined) continue;
      if (exits.normal === undefined) return followed(before, exits);
      before = before === undefined ? exits : followed(before, exits);
      m.state = exits.normal;
      // What follows may not run.
      if (m.isStrict) m.conditional++;
      else m.left++;
    }
  } finally {
    Object.assign(m, { conditional, left });
  }
  return before === undefined ? undefined : { ...before, normal: m.state };
}

/** Runs a module's statements: what raises there ends its own statement only, so that the rest is still shown. */
export function executeModule(m: Machine, block: Block, done: Done = { count: 0 }): void {
  const last = m.path === m.entry ? block.entries.at(-1)?.statement : undefined;
  for (const { statement } of done.count === 0 ? block.entries : block.entries.slice(done.count)) {
    if (m.exhausted) return;
    m.ending = statement === last && endsBroken(statement);
    const exits = m.anew(() => (m.path === m.entry ? outermost(m, statement) : bounded(m, statement)));
    if (exits !== undefined) m.state = exits.normal ?? exits.raised?.state ?? m.state;
    done.count++;
  }
}
/**
 * A statement of a module that is imported ends where it takes too long, and the program goes on: what a library
 * prepares there, such as all configurations that it knows, is mostly not what the program is about.
 */
function bounded(m: Machine, statement: Statement): Exits | undefined {
  const { bound, steps, state } = m;
  if (statement.kind === "Import" || statement.kind === "ImportFrom") return outermost(m, statement);
  m.bound = Math.min(bound, steps + IMPORTED);
  try {
    const exits = outermost(m, statement);
    if (!m.exhausted || m.bound === bound) return exits;
    m.steps = m.bound;
    m.state = joinStates(state, exits?.normal ?? m.state);
    return undefined;
  } finally {
    m.bound = bound;
  }
}

/** So many of a module's statements have run: after a pause it goes on from there. */
export interface Done {
  count: number;
}

/** What is nested too deep for the machine's own stack ends the evaluation, as a program does that takes too long. */
function outermost(m: Machine, statement: Statement): Exits | undefined {
  try {
    return m.unit(statement, run).exits;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    m.exhaust();
    return undefined;
  }
}

function run(m: Machine, statement: Statement): { readonly exits: Exits | undefined } {
  try {
    return { exits: perform(m, statement) };
  } catch (thrown) {
    if (!(thrown instanceof Raised)) throw thrown;
    const reason = "the statement that sets it raises";
    if (statement.kind === "Assign") for (const target of statement.targets) forget(m, target, reason);
    return { exits: { normal: undefined, raised: { state: m.state, value: thrown.value } } };
  }
}

function perform(m: Machine, statement: Statement): Exits | undefined {
  m.site = undefined;
  switch (statement.kind) {
    case "ExpressionStatement":
      evaluate(m, statement.value);
      return undefined;
    case "Assign":
      return assignment(m, statement.targets, statement.value);
    case "AugmentedAssign":
      return augmented(m, statement);
    case "AnnotatedAssign":
      if (m.scope.kind === "class") annotate(m, statement);
      return statement.value === undefined ? undefined : assignment(m, [statement.target], statement.value);
    case "Return": {
      const value = returned(m, statement.value);
      // Outside a function Python reads no file with it: it is being written, or what it stood in is.
      return m.scope.kind === "function" ? leave({ returned: { value, state: m.state } }, m) : undefined;
    }
    case "If":
      return branch(m, statement);
    case "For":
      return forLoop(m, statement);
    case "While":
      return whileLoop(m, statement);
    case "FunctionDef":
      return define(m, statement);
    case "ClassDef":
      bindName(m, statement.name, decorated(m, statement.decorators, makeClass(m, statement)));
      return undefined;
    default:
      return performRare(m, statement);
  }
}

type Rare = Exclude<
  Statement,
  {
    kind:
      | "ExpressionStatement"
      | "Assign"
      | "AugmentedAssign"
      | "AnnotatedAssign"
      | "Return"
      | "If"
      | "For"
      | "While"
      | "FunctionDef"
      | "ClassDef";
  }
>;

function performRare(m: Machine, statement: Rare): Exits | undefined {
  switch (statement.kind) {
    case "Import":
      return importModules(m, statement);
    case "ImportFrom":
      return importFrom(m, statement);
    case "Break":
      return { normal: undefined, broke: m.state };
    case "Continue":
      return { normal: undefined, continued: m.state };
    case "Raise": {
      const value = thrown(m, statement);
      return { normal: undefined, raised: { state: m.state, value } };
    }
    case "With":
      return withStatement(m, statement);
    case "Try":
      return tryStatement(m, statement);
    case "Match":
      return matchStatement(m, statement);
    case "Delete":
      for (const target of statement.targets) remove(m, target);
      return undefined;
    case "Assert":
      return assertion(m, statement);
    case "BrokenStatement":
      return broken(m, statement);
    case "Pass":
    case "Global":
    case "Nonlocal":
      return undefined;
  }
}

/** What a `raise` raises: a class makes an instance, and without a value it is what the handler around caught. */
function thrown(m: Machine, statement: Raise): Value {
  if (statement.value === undefined) return lookupIn(m, m.scope, CAUGHT) ?? unknown("what was raised before");
  const given = evaluate(m, statement.value);
  return given.kind === "class" ? callValue(m, given, positional()) : given;
}

function returned(m: Machine, node: Expression | undefined): Value {
  if (node === undefined) return NONE_VALUE;
  const value = evaluate(m, node);
  observeSeveral(m, node, value);
  return value;
}

/** It stops the program where it certainly fails and a `try` waits for that. */
function assertion(m: Machine, { test }: Assert): undefined {
  if (truth(m, evaluate(m, test)) === false) raised(m, "AssertionError", "the assertion fails");
}

/** A way out that is not the next statement; the value is evaluated before the state is taken. */
const leave = (exits: Omit<Exits, "normal">, m: Machine): Exits => ({
  normal: undefined,
  ...exits,
  ...(exits.returned !== undefined && { returned: { ...exits.returned, state: m.state } }),
});

function assignment(m: Machine, targets: readonly Expression[], node: Expression): undefined {
  const value = evaluate(m, node);
  observeData(m, node, value);
  observeSeveral(m, node, value);
  for (const target of targets) assign(m, target, value);
}

function augmented(m: Machine, statement: Extract<Statement, { kind: "AugmentedAssign" }>): undefined {
  const { target } = statement;
  const old = evaluate(m, target);
  const given = evaluate(m, statement.value);
  m.site = statement.value;
  if (changeInPlace(m, statement.op, old, given)) {
    // A variable holds the same list as before; an attribute or an item is set again, and an object may be told.
    if (target.kind !== "Name") assign(m, target, old);
    return;
  }
  const own = callMethod(m, old, `__i${DUNDERS[statement.op]}__`, positional(given));
  const made = own ?? binary(m, statement.op, old, given);
  const value = writtenInPlace(m, target, old, made);
  observeData(m, target, value);
  assign(m, target, value);
}

/** `array += 1` writes into the array; a part of one is set again in any case. */
function writtenInPlace(m: Machine, target: Expression, old: Value, made: Value): Value {
  if (old.kind !== "tensor" || old.family.changed === undefined) return made;
  const isPart = target.kind === "Subscript" && evaluate(m, target.object).kind === "tensor";
  return isPart ? made : old.family.changed(m, old, made);
}

/** `+=` extends a list itself, whoever else holds it, and `|=` a dictionary or a set. */
function changeInPlace(m: Machine, op: string, old: Value, given: Value): boolean {
  const name = op === "+" && old.kind === "list" ? "extend" : op === "|" && old.kind !== "list" ? "update" : undefined;
  if (name !== undefined && (old.kind === "list" || old.kind === "dict" || old.kind === "set")) {
    const method = fieldOf(m, unwatched(old), name);
    if (method === undefined) return false;
    callValue(m, method, positional(given));
    return true;
  }
  if (old.kind === "unknown") {
    for (const it of old.may ?? []) spoil(m, it, old.reason);
    return false;
  }
  if (old.kind !== "list" && old.kind !== "set") return false;
  const made = binary(m, op as BinaryOp, old, given);
  const held = made.kind === old.kind ? m.read(made.id) : undefined;
  if (held === undefined) spoil(m, old, reasonOf(made) ?? "a change that is not followed");
  else m.write(old.id, held);
  return true;
}

/** `name: type` in a class body is a field, for dataclasses: `%fields` holds their names in order. */
function annotate(m: Machine, { target, annotation }: AnnotatedAssign): void {
  if (target.kind !== "Name" || annotatedType(annotation) === "ClassVar") return;
  const before = valueIn(m, m.scope, "%fields");
  if (before?.kind === "unknown") return;
  const names = before?.kind === "tuple" ? before.items : [];
  if (names.some((it) => it.kind === "str" && it.value === target.name)) return;
  const marker = annotatedType(annotation) === "KW_ONLY" ? str("*") : str(target.name);
  bindName(m, "%fields", tuple([...names, marker]));
}
const annotatedType = (node: Expression): string =>
  node.kind === "Subscript"
    ? annotatedType(node.object)
    : node.kind === "Name" || node.kind === "Attribute"
      ? node.name
      : node.kind === "Constant" && node.value.kind === "str"
        ? (/^(?:\w+\.)*(\w+)/.exec(node.value.value)?.[1] ?? "")
        : "";

function branch(m: Machine, statement: If): Exits | undefined {
  const { conditional } = m;
  let possible: Exits | undefined;
  const take = (block: Block | undefined): Exits => {
    const exits = (block === undefined ? undefined : execute(m, block)) ?? { normal: m.state };
    return possible === undefined ? exits : joinExits(possible, exits);
  };
  try {
    // `elif` after `elif` one by one, not one in another.
    for (let at: If = statement, next = elif(at); ; at = next ?? at, next = elif(at)) {
      const known = truth(m, testOf(m, at, statement));
      if (known === undefined) {
        m.noteJoin();
        m.conditional++;
        const before = m.state;
        possible = take(at.body);
        m.state = before;
      }
      if (known !== true && next !== undefined) continue;
      const block = known === true ? at.body : at.otherwise;
      if (possible === undefined) return block === undefined ? undefined : execute(m, block);
      possible = take(block);
      break;
    }
  } finally {
    m.conditional = conditional;
  }
  if (possible.normal === undefined) return possible;
  m.state = possible.normal;
  const left = possible.returned ?? possible.broke ?? possible.continued ?? possible.raised;
  return left === undefined ? undefined : possible;
}
/** What stands in an `elif` has its place in a statement of its own. */
const testOf = (m: Machine, at: If, first: If): Value =>
  at === first
    ? evaluate(m, at.test)
    : (m.unit(at.test, () => ({ result: evaluate(m, at.test) }), at).result ?? NONE_VALUE);
/** The `elif` that follows; undefined where an `else` does, or nothing. */
function elif(at: If | undefined): If | undefined {
  const [only, another] = at?.otherwise?.entries ?? [];
  return only !== undefined && another === undefined && only.statement.kind === "If" ? only.statement : undefined;
}

function define(m: Machine, node: FunctionDef): undefined {
  bindName(m, node.name, decorated(m, node.decorators, makeFunction(m, node, node.name)));
}

/** Decorators from the innermost out. */
function decorated(m: Machine, decorators: readonly Expression[], value: Value): Value {
  let result = value;
  for (const node of decorators.toReversed()) {
    const decorator = evaluate(m, node);
    m.site = node;
    result = callValue(m, decorator, positional(result));
  }
  return result;
}

function remove(m: Machine, target: Expression): void {
  if (target.kind === "Subscript") deleteItem(m, evaluate(m, target.object), evaluate(m, target.index));
  else if (target.kind === "Attribute") deleteAttribute(m, evaluate(m, target.object), target.name);
  else if (target.kind === "Name") m.write(m.cell(m.scope, target.name), undefined);
}
