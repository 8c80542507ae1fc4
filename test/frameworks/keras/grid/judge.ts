import type {
  Given,
  Inference,
  InnerMacs,
  LayerDeclaration,
  LayerHandle,
} from "../../../../core/frameworks/keras/define.ts";
import { LAYERS } from "../../../../core/frameworks/keras/layers/index.ts";
import { canonical, type Literal, lookup } from "../../../../core/frameworks/keras/signatures.ts";
import { NONE, printDim, unknown as unknownDim } from "../../../../core/tensor/dim.ts";
import type { DType } from "../../../../core/tensor/dtype.ts";
import { hasRank, printShape, Shape, unknownRank } from "../../../../core/tensor/shape.ts";
import type { TensorType } from "../../../../core/tensor/type.ts";

/** One recorded call of the real Keras; tasks/oracle/grid.py says what is what. */
export interface Case {
  readonly args: Readonly<Record<string, Written>>;
  readonly in: readonly Sizes[];
  readonly dtypes?: readonly DType[];
  readonly raises?: readonly [type: string, message: string];
  readonly at?: "init" | "call";
  readonly out?: readonly Sizes[];
  readonly outDtypes?: readonly DType[];
  readonly weights?: readonly (readonly [name: string, shape: Sizes, dtype?: DType, trainable?: boolean])[];
  readonly run?: false | Run;
}
interface Run {
  readonly out?: readonly Sizes[];
  readonly outDtypes?: readonly DType[];
  readonly raises?: readonly [type: string, message: string];
  readonly weights?: NonNullable<Case["weights"]>;
  /** TensorFlow refuses, JAX does not. */
  readonly jax?: true;
}
type Sizes = readonly (number | null)[];
type Written =
  | null
  | boolean
  | number
  | string
  | { readonly float: number }
  | { readonly layer: string; readonly args: Readonly<Record<string, Written>> }
  | readonly Written[];

/** `wrong`: a claim that Keras contradicts. `unknown`: no claim where Keras has an answer. */
export type Verdict =
  | { readonly kind: "exact" }
  /** `missed`: what is wrong is only that Keras raises where nothing was said. */
  | { readonly kind: "wrong" | "unknown"; readonly why: string; readonly missed?: true };

export function judge(name: string, it: Case): Verdict {
  const declaration = LAYERS.get(name);
  if (declaration === undefined) return { kind: "wrong", why: `no declaration of ${name}` };
  return judged(declaration, filled(name, it.args), inputs(it), it);
}

function judged(
  declaration: LayerDeclaration,
  given: Readonly<Record<string, Given>>,
  types: readonly TensorType[],
  it: Case,
): Verdict {
  const refused = declaration.valid(given);
  if (it.at === "init" || refused.length > 0) {
    if (it.at === "init" && refused.length > 0) return exact;
    const said = refused.map((v) => v.constraint).join(", ");
    return it.at === "init" ? missed(`is refused: ${it.raises}`) : wrong(`is not refused at once: ${said}`);
  }
  return compared(declaration.infer(given, types, surroundings(it.args["dtype"])), it);
}

/**
 * The same case with one thing not known: an argument, a size, a dtype. No claim may come of that which Keras
 * contradicts. Yields the wrong verdicts alone.
 */
export function* judgeBlurred(name: string, it: Case): Generator<string> {
  const declaration = LAYERS.get(name);
  if (declaration === undefined) return;
  const given = filled(name, it.args);
  const types = inputs(it);
  const blurs: (readonly [what: string, given: Record<string, Given>, types: readonly TensorType[]])[] = [];
  // Of an activation that is not known Keras's symbolic answer stands, though "glu" would change the shape.
  const keys = declaration.args.filter((key) => key !== "activation" || given[key] !== "glu");
  for (const key of keys) blurs.push([key, { ...given, [key]: unclear(key) }, types]);
  for (const key of declaration.args) {
    const value = given[key];
    if (Array.isArray(value) && value.length > 0)
      blurs.push([`${key}[0]`, { ...given, [key]: [unclear(key), ...value.slice(1)] }, types]);
  }
  for (const [i, type] of types.entries()) {
    const { shape } = type;
    if (!hasRank(shape)) continue;
    for (const axis of shape.dims.keys())
      blurs.push([`size ${axis}`, given, types.with(i, { ...type, shape: shape.with(axis, unclear("size")) })]);
    blurs.push(["dtype", given, types.with(i, { ...type, dtype: undefined })]);
    blurs.push(["rank", given, types.with(i, { ...type, shape: unknownRank("not known") })]);
  }
  for (const [what, args, inputTypes] of blurs) {
    const verdict = judged(declaration, args, inputTypes, it);
    if (verdict.kind === "wrong" && verdict.missed !== true) yield `without ${what}: ${verdict.why}`;
  }
}
const unclear = (what: string) => unknownDim(`${what} is not known`);

const KERNEL_MISSING = ["NotFoundError", "UnimplementedError", "AbortedError"];
const BATCH = 2;
/**
 * The same call on data: what raises only when it runs counts, and what only the symbolic form refuses does not.
 * Undefined where Keras was not asked, or would have been asked about other sizes, or where only a kernel of this
 * processor is missing.
 */
export function judgeRun(name: string, it: Case): Verdict | undefined {
  const run = it.run ?? {};
  const declaration = LAYERS.get(name);
  if (run === false || it.at === "init" || declaration === undefined) return undefined;
  if (it.in.some((sizes) => sizes.slice(1).includes(null))) return undefined;
  if (run.raises !== undefined && KERNEL_MISSING.includes(run.raises[0])) return undefined;
  const concrete = it.in.map((sizes) => sizes.map((n) => n ?? BATCH));
  const { raises = run.out === undefined ? it.raises : undefined, ...others } = run;
  const { raises: _, run: __, ...asked } = it;
  const truth: Case = { ...asked, in: concrete, ...others, ...(raises && { raises }), run: others };
  const given = filled(name, it.args);
  const inference = declaration.infer(given, inputs(truth), { ...surroundings(it.args["dtype"]), eager: true });
  // Where the two backends differ nothing is an error.
  if (run.jax) return inference.violations.length === 0 ? exact : wrong("raises on TensorFlow, not on JAX");
  return compared(inference, truth, true);
}

const inputs = (it: Case): readonly TensorType[] =>
  it.in.map((sizes, i) => ({ shape: shapeOf(sizes), dtype: it.dtypes?.[i] ?? "float32" }));
const shapeOf = (sizes: Sizes): Shape => new Shape(sizes.map((n) => n ?? NONE));

/** The arguments as the interpreter hands them over: those given, and the signature's defaults. */
export function filled(name: string, args: Readonly<Record<string, Written>>): Record<string, Given> {
  const given: Record<string, Given> = {};
  for (const parameter of lookup(`keras.layers.${name}`)?.parameters ?? []) {
    const initial = parameter.default;
    if (initial !== undefined && "literal" in initial) given[parameter.name] = ofLiteral(initial.literal);
  }
  for (const [key, value] of Object.entries(args)) given[key] = ofWritten(value);
  return given;
}
const ofLiteral = (it: Literal): Given => {
  if (it === null || typeof it !== "object") return it;
  if ("int" in it) return it.int;
  if ("float" in it) return it;
  return ("tuple" in it ? it.tuple : it.list).map(ofLiteral);
};
/** A layer as an argument of another one. */
export const written = (layer: string, args: Readonly<Record<string, Written>>): Given => ofWritten({ layer, args });
const isList = (it: Written): it is readonly Written[] => Array.isArray(it);
let handles = 0;
const ofWritten = (it: Written): Given => {
  if (it === null || typeof it !== "object") return it;
  if (isList(it)) return it.map(ofWritten);
  return "layer" in it ? { handle: handles++, type: it.layer, args: filled(it.layer, it.args) } : it;
};

type Around = Parameters<LayerDeclaration["infer"]>[2];
const POLICIES: Readonly<Record<string, readonly [compute: DType, variable: DType]>> = {
  mixed_float16: ["float16", "float32"],
  mixed_bfloat16: ["bfloat16", "float32"],
};
function surroundings(policy: unknown): Around {
  const [compute, variable] =
    typeof policy === "string"
      ? (POLICIES[policy] ?? [policy as DType, policy as DType])
      : (["float32", "float32"] as const);
  return { compute, variable, inner };
}
/** A layer that was given to the layer has a policy of its own. */
function inner(layer: LayerHandle, types: readonly TensorType[]): Inference {
  const declaration = LAYERS.get(canonical(`keras.layers.${layer.type}`)?.split(".").at(-1) ?? layer.type);
  if (declaration === undefined)
    return { violations: [], outputs: undefined, weights: [], weightsUnknown: "not declared" };
  const args = layer.args as Record<string, Given>;
  return declaration.infer(args, types, surroundings(args["dtype"]));
}

/** Multiply–accumulates of a layer that was given to another one. */
export const innerMacs: InnerMacs = (layer, types, output) => {
  const found = output ?? inner(layer, types).outputs;
  const y = found === undefined || "shape" in found ? found : found[0];
  return y && LAYERS.get(layer.type)?.macs(layer.args as Record<string, Given>, types, y, innerMacs);
};

function compared({ outputs, weights, weightsUnknown, violations }: Inference, it: Case, isRun = false): Verdict {
  const [violation] = violations;
  // What fails on data alone may hang on the processor and the data: not to claim it is no wrong claim.
  const silent = (isRun ? unknown : missed)(`raises: ${it.raises}`);
  if (it.raises !== undefined) return violation === undefined ? silent : exact;
  if (violation !== undefined) return wrong(`does not raise: ${violation.constraint}`);
  if (outputs === undefined) return { kind: "unknown", why: "no outputs" };
  const said = "shape" in outputs ? [outputs] : outputs;
  const run = it.run || {};
  const shapes = run.out ?? it.out ?? [];
  const dtypes = run.outDtypes ?? it.outDtypes ?? shapes.map(() => "float32");
  if (said.length !== shapes.length) return { kind: "wrong", why: `${said.length} outputs for ${shapes.length}` };
  const found = [
    ...said.map((type, i) => compareShape(type, shapes[i] ?? [], isRun)),
    ...said.map((type, i) => compareWord("dtype", type.dtype, dtypes[i] ?? "")),
    weightsUnknown === undefined ? compareWeights(weights, it.weights ?? []) : unknown(`weights: ${weightsUnknown}`),
  ];
  return found.find((v) => v.kind === "wrong") ?? found.find((v) => v.kind === "unknown") ?? exact;
}

const exact: Verdict = { kind: "exact" };
const missed = (why: string): Verdict => ({ kind: "wrong", why, missed: true });
const wrong = (why: string): Verdict => ({ kind: "wrong", why });
const unknown = (why: string): Verdict => ({ kind: "unknown", why });
const compareWord = (what: string, said: string | undefined, truth: string): Verdict =>
  said === truth ? exact : said === undefined ? unknown(`${what} of ${truth}`) : wrong(`${what} ${said} for ${truth}`);

/** Of a run's shape a size is recorded only where the symbolic one has it; what was None there may be anything. */
function compareShape({ shape }: TensorType, truth: Sizes, isRun: boolean): Verdict {
  const text = `${printShape(shape)} for ${printShape(shapeOf(truth))}`;
  if (!hasRank(shape)) return unknown(text);
  if (shape.rank !== truth.length) return wrong(text);
  const words = shape.dims.map((dim, i) => (isRun && truth[i] === null ? "None" : printDim(dim)));
  if (words.every((word, i) => word === printDim(truth[i] ?? NONE))) return exact;
  return words.every((word, i) => word === "?" || word === printDim(truth[i] ?? NONE)) ? unknown(text) : wrong(text);
}

function compareWeights(said: Inference["weights"], truth: NonNullable<Case["weights"]>): Verdict {
  const ours = said.map(
    (w) => `${w.name.split("/").at(-1)} ${printShape(new Shape(w.shape))} ${w.dtype} ${w.trainable}`,
  );
  const theirs = truth.map(
    ([name, sizes, dtype = "float32", trainable = true]) =>
      `${name} ${printShape(shapeOf(sizes))} ${dtype} ${trainable}`,
  );
  if (ours.join() === theirs.join()) return exact;
  const text = `weights ${ours.join(", ")} for ${theirs.join(", ")}`;
  return ours.some((it) => it.includes("?")) ? unknown(text) : wrong(text);
}
