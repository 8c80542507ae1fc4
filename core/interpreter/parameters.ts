import type { Expression, FunctionDef, Lambda, Parameter } from "../python/syntax.ts";
import type { TensorType } from "../tensor/type.ts";
import type { Machine } from "./machine.ts";
import { PARAMETER, partAt, type ReadParameter, type Supposition, shownPath } from "./reading.ts";
import { type Arg, type Args, type FunctionValue, numberOf, unknown, type Value } from "./values.ts";

/** Why the values of `*args` and `**kwargs` are not known. */
const OPEN = "nothing calls this, so what else it is given is not known";

/**
 * The arguments that a function is read with. A parameter with a default is left at it, for the reading is of a call
 * that gives no more than it must; but a number above zero is a size by the parameter's name, unless what happens
 * depends on the number itself. `said`: shapes that a comment gives to the first parameters.
 */
export function argumentsFor(
  m: Machine,
  callee: FunctionValue,
  prefix: string,
  bound: number,
  said: readonly TensorType[] = [],
): Args {
  const node = m.code(callee.code) as FunctionDef | Lambda | undefined;
  const list: Arg[] = [];
  let open = false;
  for (const [i, param] of node?.params.entries() ?? []) {
    if (i < bound) continue;
    if (param.kind === "varArgs" || param.kind === "varKeywords") {
      open = true;
      continue;
    }
    const value = argument(m, param, callee.defaults[i], prefix + param.name, said[i - bound]);
    if (value === undefined) continue;
    const name =
      param.kind === "positionalOnly" || (i === bound && param.kind === "positional") ? undefined : param.name;
    list.push({ name, value });
  }
  return open ? { list, open: OPEN } : { list };
}

/** Undefined: it is left at its default. */
function argument(
  m: Machine,
  param: Parameter,
  initial: Value | undefined,
  path: string,
  said: TensorType | undefined,
): Value | undefined {
  const { reading } = m;
  if (reading === undefined) return unknown(`nothing is known of ${param.name}`);
  const first = said === undefined ? firstOf(m, param, initial) : ({ kind: "tensor", ...said } as const);
  m.mark(PARAMETER, { path, name: shownPath(path), default: initial, first } satisfies ReadParameter);
  const supposed = reading.supposed.get(path) ?? first;
  if (reading.isWide && supposed === undefined && initial?.kind === "bool")
    return unknown(`${param.name} is either true or false`, "bool");
  if (reading.isWide && supposed === undefined && initial?.kind === "none") return partAt(m, path);
  if (supposed?.kind === "default" || (supposed === undefined && initial !== undefined)) return undefined;
  return partAt(m, path, supposed);
}

/** What is supposed before anything is found: by the annotation, or a number that is a default. */
function firstOf(m: Machine, { annotation }: Parameter, initial: Value | undefined): Supposition | undefined {
  if (initial === undefined) return annotated(m, annotation);
  return initial.kind === "int" && (numberOf(initial) ?? 0) > 0 ? { kind: "size" } : undefined;
}

function annotated(m: Machine, annotation: Expression | undefined): Supposition | undefined {
  if (annotation === undefined) return undefined;
  if (annotation.kind === "Name" && annotation.name === "int") return { kind: "size" };
  const length = tupleOfSizes(annotation);
  if (length !== undefined) return { kind: "sequence", length };
  return m.frameworks.map((it) => it.annotated?.(m, annotation)).find((it) => it !== undefined);
}

/** `tuple[int, int, int]`: three sizes. */
function tupleOfSizes(annotation: Expression): number | undefined {
  if (annotation.kind !== "Subscript" || annotation.index.kind !== "Tuple") return undefined;
  const { object, index } = annotation;
  if (object.kind !== "Name" || !/^tuple$/i.test(object.name)) return undefined;
  return index.items.every((it) => it.kind === "Name" && it.name === "int") ? index.items.length : undefined;
}
