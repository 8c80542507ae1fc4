import { blocksOf } from "../python/statements.ts";
import type { Block, ClassDef, FunctionDef, Module, Statement } from "../python/syntax.ts";
import { printShape } from "../tensor/shape.ts";
import type { TensorType } from "../tensor/type.ts";
import { bindMember, memberOf } from "./attributes.ts";
import { callValue, makeFunction } from "./calls.ts";
import { instantiate } from "./classes.ts";
import { perhaps } from "./evaluate.ts";
import { factsOf } from "./functionFacts.ts";
import { changedIn } from "./handedOver.ts";
import type { Machine } from "./machine.ts";
import { mentionsOf } from "./mentions.ts";
import { spoil } from "./methods/receiver.ts";
import { bindName, valueIn } from "./names.ts";
import { argumentsFor } from "./parameters.ts";
import type { Run } from "./record.ts";
import { faultsOf, readInRounds, type Subject } from "./rounds.ts";
import {
  type Args,
  type ClassValue,
  type FunctionValue,
  type Instance,
  NONE_VALUE,
  unknown,
  type Value,
} from "./values.ts";

/**
 * Reads by themselves the functions of a file that nothing has called by the program's end. What calls others comes
 * first, so that those are seen as they are called.
 */

/** Evaluated expressions in all the readings of one file. */
const ALL_STEPS = 400_000;

/** What a comment says of a function's or a class's inputs, by its statement. */
export type Said = (statement: number) => readonly TensorType[] | undefined;

/** What is to be read, and how far that has come: after a pause it goes on from there. */
export interface Uncalled {
  readonly definitions: readonly Definition[];
  readonly objects: Objects;
  readonly said: Said;
  readonly changed: Changed;
  /** The functions that were called, in so many of the runs. */
  readonly entered: Set<number>;
  runs: number;
  done: number;
  steps: number;
}
/** What the program has not called by now. What is said is heard of all functions. */
export function uncalledIn(m: Machine, module: Module, said: Said): Uncalled {
  const all = definitionsIn(module);
  for (const { id } of all.flatMap(functionsIn)) said(id);
  const nothing = isAllEntered(m, module);
  const definitions = nothing ? [] : callersFirst(all);
  const objects = nothing ? new Map<number, string>() : objectsIn(m, module);
  const changed = changedBy(definitions.flatMap(functionsIn));
  return { definitions, objects, said, changed, entered: new Set(), runs: 0, done: 0, steps: 0 };
}
export function readUncalled(m: Machine, uncalled: Uncalled): void {
  for (; uncalled.done < uncalled.definitions.length; uncalled.done++) {
    for (; uncalled.runs < m.ran.length; uncalled.runs++) noteEntered(m.ran[uncalled.runs], uncalled.entered);
    if (uncalled.steps > ALL_STEPS || m.exhausted) return;
    uncalled.steps += m.anew(() => readOne(m, uncalled, uncalled.definitions[uncalled.done]));
  }
}
function readOne(m: Machine, uncalled: Uncalled, it: Definition | undefined): number {
  const { entered } = uncalled;
  if (it?.kind === "FunctionDef" && !entered.has(it.id)) return readFunction(m, it, uncalled);
  return it?.kind === "ClassDef" && methodsIn(it).some(({ id }) => !entered.has(id)) ? readClass(m, it, uncalled) : 0;
}
/** The program has called each of the module's functions and methods. */
export function isAllEntered(m: Machine, module: Module): boolean {
  const left = new Set<number>();
  addFunctions(module, left);
  for (const run of m.ran) {
    if (left.size === 0) return true;
    for (const id of enteredIn(run)) left.delete(id);
  }
  return left.size === 0;
}
/** Of the functions and methods that `definitionsIn` finds. In place: it is asked at each keystroke. */
function addFunctions(block: Block, ids: Set<number>): void {
  for (const { statement } of block.entries) {
    if (statement.kind === "FunctionDef") ids.add(statement.id);
    else if (statement.kind === "ClassDef")
      for (const { statement: member } of statement.body.entries) {
        if (isFunction(member)) ids.add(member.id);
      }
    else for (const inner of blocksOf(statement)) addFunctions(inner, ids);
  }
}
/** Of a run that is taken over it was found before. */
const known = new WeakMap<object, ReadonlySet<number>>();
function enteredIn(run: Run): ReadonlySet<number> {
  const own = known.get(run.did);
  if (own !== undefined) return own;
  const ids = new Set<number>();
  run.did.addEntered(ids);
  known.set(run.did, ids);
  return ids;
}
function noteEntered(run: Run | undefined, entered: Set<number>): void {
  if (run !== undefined) for (const id of enteredIn(run)) entered.add(id);
}

type Definition = FunctionDef | ClassDef;

/** The functions and classes at the module's top level, also those in branches there. */
function definitionsIn(block: Block): readonly Definition[] {
  return block.entries.flatMap(({ statement }): readonly Definition[] => {
    if (statement.kind === "FunctionDef" || statement.kind === "ClassDef") return [statement];
    return blocksOf(statement).flatMap(definitionsIn);
  });
}
const isFunction = (it: Statement): it is FunctionDef => it.kind === "FunctionDef";
const methodsIn = ({ body }: ClassDef): readonly FunctionDef[] =>
  body.entries.map(({ statement }) => statement).filter(isFunction);

const functionsIn = (it: Definition): readonly FunctionDef[] => (it.kind === "ClassDef" ? methodsIn(it) : [it]);

/** Those that no other mentions, then those that they mention, and so on; in a circle, as they stand. */
function callersFirst(all: readonly Definition[]): readonly Definition[] {
  const ofName = new Map<string, number[]>();
  for (const [i, { name }] of all.entries()) ofName.set(name, [...(ofName.get(name) ?? []), i]);
  const uses = all.map((it) => [...mentionsOf(it)].filter((name) => name !== it.name && ofName.has(name)));
  /** By how many of those that are left a name is mentioned. */
  const mentioned = new Map<string, number>();
  for (const name of uses.flat()) mentioned.set(name, (mentioned.get(name) ?? 0) + 1);
  const left = new Set(all.keys());
  const ordered: Definition[] = [];
  let free = all.flatMap(({ name }, i) => (mentioned.has(name) ? [] : [i]));
  while (left.size > 0) {
    if (free.length === 0) free = [...left].slice(0, 1);
    const next: number[] = [];
    for (const i of free) {
      if (!left.delete(i)) continue;
      ordered.push(all[i] as Definition);
      for (const name of uses[i] ?? []) {
        const others = (mentioned.get(name) ?? 0) - 1;
        mentioned.set(name, others);
        if (others === 0) next.push(...(ofName.get(name) ?? []));
      }
    }
    free = next.filter((i) => left.has(i)).sort((a, b) => a - b);
  }
  return ordered;
}

const subjectOf = (it: Definition, ...given: readonly unknown[]): Subject => ({
  id: it.id,
  name: it.name,
  statement: it,
  given: JSON.stringify([it.name, ...given]),
});
const printed = (inputs: readonly TensorType[] | undefined): readonly string[] =>
  inputs?.map(({ shape, dtype }) => `${printShape(shape)} ${dtype}`) ?? [];

// ---- functions
// -------------------------------------------------------------------------------------------------------

function readFunction(m: Machine, node: FunctionDef, { said, changed }: Uncalled): number {
  const inputs = said(node.id);
  // It may stand in a branch that has not run, and then nothing else says what its text is.
  m.define(node);
  const body = () => {
    const callee = functionOf(m, node);
    const result = callValue(m, callee, argumentsFor(m, callee, "", 0, inputs));
    // What makes functions is of use only once they are called.
    if (result.kind === "function") callValue(m, result, argumentsFor(m, result, "", 0));
  };
  return read(m, subjectOf(node, printed(inputs), changed), body, changed);
}

function read(m: Machine, subject: Subject, body: () => void, changed: Changed): number {
  const steps = readInRounds(m, subject, body);
  const anytime = () => {
    forget(m, changed);
    body();
  };
  for (const fault of faultsOf(m, subject, anytime)) m.report(fault);
  return steps;
}

/** The module's variables that functions set, and those whose values they change. */
interface Changed {
  readonly set: readonly string[];
  readonly inPlace: readonly string[];
}
function changedBy(functions: readonly FunctionDef[]): Changed {
  const declared = functions.flatMap((it) => factsOf(it).declared.map(({ name }) => name));
  const inPlace = functions.flatMap((it) => [...changedIn(it)]);
  return { set: [...new Set(declared)], inPlace: [...new Set(inPlace)] };
}
/** A function may be called at any time, and others before it: what those change is not certain in it. */
function forget(m: Machine, { set, inPlace }: Changed): void {
  const reason = "another function changes it";
  for (const name of inPlace) {
    const value = m.scope.cells.has(name) ? valueIn(m, m.scope, name) : undefined;
    if (value !== undefined) spoil(m, value, reason);
  }
  for (const name of set) if (m.scope.cells.has(name)) bindName(m, name, unknown(reason));
}

/** What the name stands for, or else the function without its decorators. */
function functionOf(m: Machine, node: FunctionDef): FunctionValue {
  const value = valueIn(m, m.scope, node.name);
  return value?.kind === "function" && value.code === node.id ? value : makeFunction(m, node, node.name);
}

// ---- classes
// ---------------------------------------------------------------------------------------------------------

/**
 * Makes an object of the class, lets its library use it, and calls those of its methods that nothing has called. What
 * decides how, but is no variable's value, is found before: a reading that is remembered is one of the same `given`.
 */
function readClass(m: Machine, node: ClassDef, { objects, entered, said, changed }: Uncalled): number {
  const type = classOf(m, node);
  if (type === undefined) return 0;
  const made = objects.get(type.id);
  const isEntered = (name: string) => {
    const member = memberOf(m, type, name)?.value;
    return member?.kind === "function" && entered.has(member.code);
  };
  const [isMade, isCalled] = [isEntered("__init__"), isEntered("call")];
  // What a library's constructor is to be given is not the program's to say here.
  const isOwn = memberOf(m, type, "__init__")?.value.kind === "function";
  const methods = methodsIn(node).filter(({ id, name }) => !entered.has(id) && !DONE.has(name));
  const call = methodsIn(node).find((it) => it.name === "call");
  const inputs = (call && said(call.id)) ?? said(node.id);
  const given = [changed, made, isMade, isCalled, printed(inputs), methods.map(({ id }) => [id, printed(said(id))])];
  const body = () => {
    const type = classOf(m, node);
    if (type === undefined) return;
    const make = () => instantiate(m, type, constructorArguments(m, type));
    const self =
      (made === undefined ? undefined : valueIn(m, m.scope, made)) ?? (isMade || !isOwn ? m.unseen(make) : make());
    if (self.kind !== "instance") return;
    const of = (name: string) => {
      const member = memberOf(m, self.class, name)?.value;
      return member?.kind === "function" ? argumentsFor(m, member, `${name}/`, 1, inputs) : undefined;
    };
    // Its methods may need what its use makes; what a program has shown of that is not shown again.
    const use = () => {
      for (const framework of m.frameworks) framework.exercise?.(m, self, of);
    };
    if (!isCalled) use();
    else if (made === undefined) m.unseen(use);
    readMethods(m, methods, self, said);
  };
  const subject = subjectOf(node, ...given);
  // An object of the program's is as the program left it, which says nothing of every call: only hints are kept. So
  // it is with what the program made only as a part of another class, whose methods it calls instead.
  const isBase = isMade && hasHeir(m, type);
  return made === undefined && !isBase ? read(m, subject, body, changed) : readInRounds(m, subject, body);
}

/** A class of the module's is made of this one. */
const hasHeir = (m: Machine, type: ClassValue): boolean =>
  [...m.scope.cells.keys()].some((name) => {
    const value = valueIn(m, m.scope, name);
    return value?.kind === "class" && value.id !== type.id && value.mro.some(({ id }) => id === type.id);
  });

/** What the name stands for, where that is still the class. */
function classOf(m: Machine, node: ClassDef): ClassValue | undefined {
  const type = valueIn(m, m.scope, node.name);
  return type?.kind === "class" && type.statement === node.id ? type : undefined;
}

function constructorArguments(m: Machine, type: ClassValue): Args {
  const init = memberOf(m, type, "__init__")?.value;
  return init?.kind === "function" ? argumentsFor(m, init, "", 1) : { list: [] };
}

/** Each as if it were the only one: what one does to the object the next does not see. */
function readMethods(m: Machine, methods: readonly FunctionDef[], self: Instance, said: Said): void {
  if (m.isStrict && methods.length > 0) useInAnyOrder(m, self, said);
  const { state } = m;
  for (const method of methods) {
    m.state = state;
    readMethod(m, self, method.name, said, method.id);
  }
  m.state = state;
}
/** Of the object that a class is read by little is certain: what a method finds there another may have changed. */
function useInAnyOrder(m: Machine, self: Instance, said: Said): void {
  const names = self.class.mro.flatMap(({ id }) => {
    const own = m.read(id);
    return own?.kind === "attributes" ? [...own.entries.keys()] : [];
  });
  const all = [...new Set(names)].filter((name) => !DONE.has(name));
  for (const name of [...all, ...all]) m.unseen(() => perhaps(m, () => readMethod(m, self, name, said)));
}
/** Calls a method as its parameters tell; `code`: only where it is that one still. */
function readMethod(m: Machine, self: Instance, name: string, said: Said, code?: number): Value {
  const member = memberOf(m, self.class, name)?.value;
  const callee = member === undefined ? undefined : functionIn(member);
  if (member === undefined || callee === undefined || (code ?? callee.code) !== callee.code) return NONE_VALUE;
  if (member.kind === "property") return bindMember(m, member, self, self.class);
  const args = argumentsFor(m, callee, `${name}/`, member.kind === "static" ? 0 : 1, said(callee.code));
  return callValue(m, bindMember(m, member, self, self.class), args);
}
/** What making the object and using it has called. */
const DONE: ReadonlySet<string> = new Set(["__init__", "call", "build"]);

const functionIn = (member: Value): FunctionValue | undefined => {
  if (member.kind === "function") return member;
  if (member.kind === "static" || member.kind === "classmethod") return functionIn(member.function);
  return member.kind === "property" ? functionIn(member.get) : undefined;
};

/** By a class's id, the module's variable that holds an object of it. */
type Objects = ReadonlyMap<number, string>;
/** Of several the first in the text, then in the alphabet. */
function objectsIn(m: Machine, module: Module): Objects {
  const { cells } = m.scope;
  const mentioned = new Set(module.entries.flatMap(({ statement }) => [...mentionsOf(statement)]));
  const objects = new Map<number, string>();
  for (const name of new Set([...mentioned, ...[...cells.keys()].sort()])) {
    const value = cells.has(name) ? valueIn(m, m.scope, name) : undefined;
    if (value?.kind === "instance" && !objects.has(value.class.id)) objects.set(value.class.id, name);
  }
  return objects;
}
