import type { Machine } from "../../../interpreter/machine.ts";
import { truth } from "../../../interpreter/operators.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Arg, Value } from "../../../interpreter/values.ts";
import { type Accepted, acceptedBy, isPolicyName, isTypeName } from "../accepted.ts";
import type { Given } from "../argument.ts";
import { toGiven } from "../runtime/given.ts";
import { namesAreAdded } from "../runtime/processState.ts";
import type { Signature } from "../signatures.ts";
import { isExact, versionIn } from "../version.ts";
import { nearest } from "./near.ts";
import { said } from "./setArgument.ts";

/** Values that a class of Keras's does not take whatever else it is given: of a wrong kind, or names of nothing. */

/** When it is refused: as the object is made, or as it is called. */
type Stage = "made" | "called";

/** Reports the first argument that Keras certainly refuses; whether there is one. */
export function checkValues(
  m: Machine,
  { name: className }: Pick<Signature, "name">,
  args: Readonly<Record<string, Arg>>,
  stage: Stage = "made",
): boolean {
  if (versionIn(m) !== 3 || !isExact(m)) return false;
  for (const [argument, arg] of Object.entries(args)) {
    const accepted = acceptedBy(className, argument);
    const refusal = accepted && refusalOf(m, argument, arg, accepted, stage);
    if (refusal === undefined) continue;
    const { why, repairs = [] } = refusal;
    const message = `\`${argument}\` ${why}`;
    m.report({ code: "bad-argument", severity: "error", place: arg.place ?? m.here, message, related: [], repairs });
    return true;
  }
  return false;
}

/** The type of an `Input`: a policy is none. */
export function checkInputType(m: Machine, arg: Arg | undefined): void {
  if (versionIn(m) !== 3 || !isExact(m) || arg?.value.kind !== "str" || isTypeName(arg.value.value)) return;
  const message = `\`dtype\` names no dtype: "${arg.value.value}"`;
  m.report({ code: "bad-argument", severity: "error", place: arg.place ?? m.here, message, related: [], repairs: [] });
}

interface Refusal {
  /** In the words that follow the argument's name. */
  readonly why: string;
  readonly repairs?: readonly Repair[];
}

function refusalOf(m: Machine, argument: string, arg: Arg, accepted: Accepted, stage: Stage): Refusal | undefined {
  const { value } = arg;
  const kind = kindOf(value);
  if (kind === undefined) return undefined;
  if (accepted.orFalse === true && truth(m, value) !== true) return undefined;
  if (stage === "called") return accepted.refusedLater?.includes(kind) ? { why: notA(kind) } : undefined;
  if (accepted.refused.includes(kind)) return { why: notA(kind) };
  if (accepted.numbers !== undefined && !numbersIn(toGiven(m, value)).every(accepted.numbers))
    return { why: `must ${accepted.must}` };
  return value.kind === "str" ? ofString(m, argument, arg, value.value, accepted) : undefined;
}

const numbersIn = (given: Given): readonly number[] => {
  if (typeof given === "number") return [given];
  if (typeof given !== "object" || given === null) return [];
  if (Array.isArray(given)) return given.flatMap(numbersIn);
  return "float" in given ? [given.float] : [];
};

/** The letter of what a value is; undefined where nothing is said of such a thing. */
function kindOf(value: Value): string | undefined {
  if (value.kind !== "instance") return KINDS[value.kind];
  return OBJECTS[/^keras\.(\w+)\.\w+$/.exec(value.class.qualifiedName)?.[1] ?? ""];
}
const KINDS: Readonly<Record<string, string>> = {
  none: "n",
  bool: "b",
  str: "s",
  int: "i",
  float: "f",
  tuple: "l",
  list: "l",
  function: "o",
};
const OBJECTS: Readonly<Record<string, string>> = {
  layers: "L",
  initializers: "I",
  regularizers: "R",
  constraints: "C",
};
const WORDS: Readonly<Record<string, string>> = {
  n: "None",
  b: "True or False",
  s: "a string",
  i: "a whole number",
  f: "a float",
  l: "a list or tuple",
  o: "a function",
  L: "a layer",
  I: "an initializer",
  R: "a regularizer",
  C: "a constraint",
};
const notA = (kind: string): string => `cannot be ${WORDS[kind] ?? "this"}`;

function ofString(m: Machine, argument: string, arg: Arg, text: string, accepted: Accepted): Refusal | undefined {
  if (accepted.slash && text.includes("/")) return { why: `must not hold a slash: "${text}"` };
  if (argument === "dtype" && text !== "" && !isPolicyName(text)) return { why: `names no dtype: "${text}"` };
  // A registered name is `package>name`; a program can add others.
  const names = accepted.names?.();
  if (names === undefined || text.includes(">") || names.has(text) || namesAreAdded(m)) return undefined;
  const near = nearest(text, names);
  const why = `names no ${accepted.noun} of Keras's: "${text}"${near === undefined ? "" : `: did you mean "${near}"?`}`;
  if (near === undefined || arg.place === undefined) return { why };
  const edits = [{ place: arg.place, text: said(arg, argument, `"${near}"`) }];
  return { why, repairs: [{ title: `Change to "${near}"`, preferred: true, edits }] };
}
