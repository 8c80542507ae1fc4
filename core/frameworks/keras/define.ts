import { type Builder, refuse, type Tensor } from "../../lowering/builder.ts";
import { type Dim, isUnknown, join, plus, product, type Unknown, unknown } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape, type UnknownRank, unknownRank } from "../../tensor/shape.ts";
import type { TensorType } from "../../tensor/type.ts";
import { atAnyRank, nothingKnown } from "./anyRank.ts";
import { type ArgSpecs, casesOf, entriesOf, type Given, type LayerHandle, type Values } from "./argument.ts";
import { certain, joined } from "./joinInferences.ts";
import { type Lowered, type LoweredLayer, type LoweringSite, lowering, type WeightTensors } from "./lowering.ts";
import type { Version } from "./version.ts";
import { check, NONE_VIOLATED, rankViolation, undefinedSizes, type Violation } from "./violation.ts";

export * from "./argument.ts";
export type { LoweringSite, WeightTensors } from "./lowering.ts";
export { weightsBehind } from "./lowering.ts";
export { check, type Violation } from "./violation.ts";

export interface Weight {
  readonly name: string;
  readonly shape: readonly Dim[];
  readonly trainable: boolean;
  readonly dtype: DType;
}
/** `false`: there is no such weight. A plain list is a trainable weight. */
export type WeightSpec =
  | false
  | readonly Dim[]
  | { readonly shape: readonly Dim[]; readonly trainable?: boolean; readonly dtype?: DType };

/** In Keras's order, by the names of the variables; an unknown where they cannot be told. */
export type Weights = Readonly<Record<string, WeightSpec>> | Unknown;

export interface Inference {
  readonly violations: readonly Violation[];
  /** One tensor, or several where the layer yields a list; undefined where not even that is known. */
  readonly outputs: TensorType | readonly TensorType[] | undefined;
  readonly weights: readonly Weight[];
  /** Set where the weights are not known, and why. */
  readonly weightsUnknown?: string | undefined;
  /** How several outputs nest where they are not one flat tuple: `[0, [1, 2]]` is `(y, [h, c])`. */
  readonly nesting?: Nesting | undefined;
}
/** Places in the flat list of outputs. */
export type Nesting = readonly (number | Nesting)[];

/** What a rule may ask beside its arguments and its inputs' shapes. */
export interface Surroundings {
  /** The policy's compute dtype: `float32` unless the program says otherwise. */
  readonly compute: DType | undefined;
  /** The policy's variable dtype. */
  readonly variable: DType;
  readonly dtypes: readonly (DType | undefined)[];
  /** The shapes of all its inputs, those beside the first too. */
  readonly shapes?: readonly AnyShape[];
  /** Whose rules hold; Keras 3's where nothing is said. */
  readonly keras?: Version | undefined;
  /** It is called on data rather than on symbolic tensors: what Keras refuses only when it runs counts too. */
  readonly eager?: boolean | undefined;
  /** The same by the graph that Keras 2 makes of symbolic tensors, which has no empty axes. */
  readonly isGraph?: boolean | undefined;
  /**
   * Runs a layer that was given to this one, a cell with the states of a step; what it creates and violates is
   * accounted to it.
   */
  inner(layer: LayerHandle, inputs: readonly TensorType[], states?: readonly StateType[]): Inference;
}
/** A state of a cell, or several as one. */
export type StateType = TensorType | readonly StateType[];

/** Multiply–accumulates of one call of a layer that was given to this one. `output`: where it need not be asked. */
export type InnerMacs = (layer: LayerHandle, inputs: readonly TensorType[], output?: TensorType) => Dim | undefined;

export interface Common<A extends ArgSpecs> {
  /** One sentence: what it does to the axes. */
  readonly summary: string;
  /** The parameters of `call` that are tensors, where there is more than the first; a list among them is flattened. */
  readonly tensors?: readonly string[];
  /**
   * Arguments that shapes depend on; names are Keras's, defaults come from its signature. All others are ignored.
   * `call.return_attention_scores` is an argument of the call; one that was not given is null.
   */
  readonly args: A;
  /** What the constructor itself refuses. */
  valid?(a: Values<A>): readonly Violation[];
  nesting?(a: Values<A>): Nesting | undefined;
  /** Why what comes out of it may have another shape than Keras announces. */
  readonly announces?: string;
  /** Keras 3 takes the masks off what it is given: whatever runs later and reads the same tensors sees none. */
  readonly unmasks?: boolean;
  /** Python with claims: shown in the hover and the documentation, run as a test, replayed on Keras. */
  readonly example: string;
}
/** A layer of one input tensor. */
export interface LayerSpec<A extends ArgSpecs> extends Common<A> {
  readonly input?: {
    readonly rank?: number;
    readonly minRank?: number;
    readonly maxRank?: number;
    /** Keras 2 takes more axes before those of `rank`, each a part of the batch. */
    readonly batches?: boolean;
  };
  /** What the call refuses. */
  requires?(a: Values<A>, x: Shape, at: Surroundings): readonly Violation[];
  weights?(a: Values<A>, x: Shape, at: Surroundings): Weights;
  output(a: Values<A>, x: Shape, at: Surroundings): AnyShape | readonly AnyShape[];
  /** The output's dtype where it is not the compute dtype; one for all outputs, or one each. */
  dtype?(a: Values<A>, at: Surroundings, xs: readonly Shape[]): DType | undefined | readonly (DType | undefined)[];
  /** Multiply–accumulates of one call; padded taps count, the bias does not. */
  macs?(a: Values<A>, x: Shape, y: Shape): Dim;
  /** The same in ONNX's operators, as it runs in inference. */
  lower?(g: Builder, a: Values<A>, x: Tensor, w: WeightTensors, at: LoweringSite): Lowered;
}
/** A layer of several input tensors, such as Add or Attention. */
export interface MergingSpec<A extends ArgSpecs> extends Common<A> {
  requires?(a: Values<A>, xs: readonly Shape[], at: Surroundings): readonly Violation[];
  weights?(a: Values<A>, xs: readonly Shape[], at: Surroundings): Weights;
  output(a: Values<A>, xs: readonly Shape[], at: Surroundings): AnyShape | readonly AnyShape[];
  dtype?(a: Values<A>, at: Surroundings, xs: readonly Shape[]): DType | undefined | readonly (DType | undefined)[];
  macs?(a: Values<A>, xs: readonly Shape[], y: Shape): Dim;
  lower?(g: Builder, a: Values<A>, xs: readonly Tensor[], w: WeightTensors, at: LoweringSite): Lowered;
  /** The least and the greatest rank that it takes. */
  readonly ranks?: readonly [number, number] | undefined;
}
/** A layer that runs layers given to it, and answers for them. `infer` is never asked about an unknown rank. */
export interface WrapperSpec<A extends ArgSpecs> extends Common<A> {
  /** The argument whose layer is a pattern only: what runs are layers that it makes after it. */
  readonly copies?: string;
  infer(a: Values<A>, inputs: readonly TensorType[], at: Surroundings): Inference;
  /** What is left to say where the rank of an input is not known; nothing if it is absent. */
  unranked?(a: Values<A>, inputs: readonly TensorType[], at: Surroundings, reason: string): Inference;
  /** Multiply–accumulates of one call; undefined where a layer inside it does not say. */
  macs?(a: Values<A>, inputs: readonly TensorType[], output: TensorType, inner: InnerMacs): Dim | undefined;
  lower?(g: Builder, a: Values<A>, xs: readonly Tensor[], w: WeightTensors, at: LoweringSite): Lowered;
}

export interface LayerDeclaration {
  readonly name: string;
  readonly announces?: string | undefined;
  readonly unmasks?: boolean | undefined;
  readonly summary: string;
  readonly example: string;
  /** Names of the arguments that the declaration reads. */
  readonly args: readonly string[];
  /** Those of them that are whole numbers, and what these decide. */
  readonly sizes: ReadonlyMap<string, "size" | "form">;
  /** The only rank that its inputs may have, where there is one. */
  readonly rank?: number | undefined;
  /** It takes a list of tensors rather than one. */
  readonly merging: boolean;
  /** It may have weights. */
  readonly weighted: boolean;
  /** The argument whose layer is a pattern only. */
  readonly copies?: string | undefined;
  /** The parameters of `call` whose tensors are its inputs, in order; the first one if it says nothing. */
  readonly tensors?: readonly string[] | undefined;
  valid(given: Readonly<Record<string, Given>>): readonly Violation[];
  infer(
    given: Readonly<Record<string, Given>>,
    inputs: readonly TensorType[],
    at: Omit<Surroundings, "dtypes">,
  ): Inference;
  macs(
    given: Readonly<Record<string, Given>>,
    inputs: readonly TensorType[],
    output: TensorType,
    inner: InnerMacs,
  ): Dim | undefined;
  /** Absent where it is not lowered yet. Throws a `Refusal` where these arguments or inputs are not. */
  readonly lower?: LoweredLayer | undefined;
}

export function layer<A extends ArgSpecs>(name: string, spec: LayerSpec<A>): LayerDeclaration {
  const { rank, minRank, maxRank, batches } = spec.input ?? {};
  const { lower, weights, ...rest } = spec;
  const ahead = (x: Shape): number => (batches === true && rank !== undefined ? Math.max(x.rank - rank, 0) : 0);
  /** As many axes of the batch as there are beyond those of the layer, and one sample's part. */
  const parted = (x: Shape, { keras }: Surroundings) => (keras === 2 && ahead(x) > 0 ? x.slice(ahead(x)) : x);
  const fits = (x: Shape) => rankViolation(name, x, rank, minRank, maxRank);
  return merging<A>(
    name,
    {
      ...rest,
      ranks: [minRank ?? 0, maxRank ?? Infinity],
      ...(lower && { lower: (g, a, [x], w, at) => lower(g, a, x ?? refuse("it has no input"), w, at) }),
      requires: (a, [x], at) => {
        if (x === undefined) return [];
        const part = parted(x, at);
        return fits(part) ?? spec.requires?.(a, part, at) ?? [];
      },
      ...(weights && {
        weights: (a, [x], at) => (x === undefined || fits(parted(x, at)) ? {} : weights(a, parted(x, at), at)),
      }),
      output: (a, [x], at) => {
        if (x === undefined || fits(parted(x, at))) return unknownRank("its input does not fit the layer");
        const y = spec.output(a, parted(x, at), at);
        const batch = x.slice(0, x.rank - parted(x, at).rank);
        return batch.rank === 0 || !isShape(y) || !hasRank(y) ? y : new Shape([...batch, ...y]);
      },
      macs: (a, [x], y) =>
        x === undefined || ahead(x) > 0 ? unknown("no input of its own rank") : (spec.macs?.(a, x, y) ?? 0),
    },
    false,
    rank,
  );
}

/** `rank`: the only one that its inputs may have. */
export function merging<A extends ArgSpecs>(
  name: string,
  spec: MergingSpec<A>,
  isMerging = true,
  rank?: number,
): LayerDeclaration {
  const ranked = (inputs: readonly TensorType[]) => inputs.map((it) => it.shape).filter(hasRank);
  return {
    ...wrapper(name, {
      ...spec,
      infer: (a, inputs, at) => inferred(spec, a, ranked(inputs), at),
      unranked: (a, inputs, at, reason) => unranked(spec, a, inputs, at, reason, rank),
      macs: (a, inputs, { shape: y }) => {
        const shapes = ranked(inputs);
        // A layer that says nothing only adds or compares.
        return shapes.length === inputs.length && hasRank(y) ? (spec.macs?.(a, shapes, y) ?? 0) : undefined;
      },
    }),
    merging: isMerging,
    rank,
    weighted: spec.weights !== undefined,
  };
}

/** A layer whose call takes several tensors one by one, such as a cell or MultiHeadAttention. */
export const several = <A extends ArgSpecs>(name: string, spec: MergingSpec<A>): LayerDeclaration =>
  merging(name, spec, false);

export function wrapper<A extends ArgSpecs>(name: string, spec: WrapperSpec<A>): LayerDeclaration {
  return {
    name,
    summary: spec.summary,
    announces: spec.announces,
    unmasks: spec.unmasks,
    example: spec.example,
    args: Object.keys(spec.args),
    sizes: new Map(
      Object.entries(spec.args).flatMap(([name, { takes }]) => (takes === undefined ? [] : [[name, takes]])),
    ),
    merging: false,
    weighted: true,
    copies: spec.copies,
    tensors: spec.tensors,
    valid: (given) => {
      const refused = refusals(spec.args, given);
      if (refused.length > 0) return refused;
      return casesOf(spec.args, given)
        .map((a) => spec.valid?.(a) ?? [])
        .reduce(certain);
    },
    infer: (given, inputs, at) => {
      const doubt = inputs.map((it) => it.shape).find((it) => !hasRank(it));
      const reason = doubt === undefined || hasRank(doubt) ? undefined : doubt.reason;
      const { compute, variable, keras, inner } = at;
      // What Keras 2 calls on symbolic tensors are TensorFlow's operations, which look at all that a run would.
      const isGraph = keras === 2 && at.eager !== true;
      const eager = at.eager === true || isGraph;
      const [dtypes, shapes] = [inputs.map((it) => it.dtype), inputs.map((it) => it.shape)];
      const full: Surroundings = { compute, variable, keras, eager, isGraph, inner, dtypes, shapes };
      const infer = (a: Values<A>): Inference => {
        if (reason === undefined) return spec.infer(a, inputs, full);
        return spec.unranked?.(a, inputs, full, reason) ?? nothingKnown(reason);
      };
      return casesOf(spec.args, given).map(infer).reduce(joined);
    },
    macs: (given, inputs, output, inner) => {
      const counts = casesOf(spec.args, given).map((a) => spec.macs?.(a, inputs, output, inner));
      const known = counts.filter((it) => it !== undefined);
      return known.length === counts.length ? known.reduce(join) : undefined;
    },
    lower: lowering(spec.args, spec.lower),
  };
}

/** What the kinds of the arguments refuse, whatever the layer. */
function refusals(args: ArgSpecs, given: Readonly<Record<string, Given>>): readonly Violation[] {
  const refused: Violation[] = [];
  for (const [argument, arg] of entriesOf(args)) {
    const value = given[argument];
    const why = value === undefined ? undefined : arg.refuses?.(value);
    if (why === undefined) continue;
    refused.push(...check(false, `${argument}-accepted`, `\`${argument}\` ${why}`, { argument }));
  }
  return refused;
}

/** Of the one rank that fits all is said as if the sizes alone were not known; of others, what holds at every rank. */
function unranked<A extends ArgSpecs>(
  spec: MergingSpec<A>,
  a: Values<A>,
  inputs: readonly TensorType[],
  at: Surroundings,
  reason: string,
  rank: number | undefined,
): Inference {
  const guess = (fill: (shape: UnknownRank, place: number) => Shape) =>
    inferred(
      spec,
      a,
      inputs.map(({ shape }, i) => (hasRank(shape) ? shape : fill(shape, i))),
      at,
    );
  if (rank !== undefined) {
    return guess(({ last = unknown(reason) }) => new Shape([...Array<Dim>(rank - 1).fill(unknown(reason)), last]));
  }
  return atAnyRank(guess, inputs, spec.ranks ?? [0, Infinity], reason);
}

function inferred<A extends ArgSpecs>(
  spec: MergingSpec<A>,
  a: Values<A>,
  xs: readonly Shape[],
  at: Surroundings,
): Inference {
  const made = spec.output(a, xs, at);
  const dtypes = spec.dtype === undefined ? at.compute : spec.dtype(a, at, xs);
  const dtypeOf = (i: number) => (Array.isArray(dtypes) ? dtypes[i] : (dtypes as DType | undefined));
  const specs = spec.weights?.(a, xs, at) ?? {};
  const weights = isUnknown(specs) ? [] : listed(specs, at);
  const required = spec.requires?.(a, xs, at) ?? NONE_VIOLATED;
  const undefinedOnes = undefinedSizes(weights);
  const violations = undefinedOnes.length === 0 ? required : [...required, ...undefinedOnes];
  const isEmpty = violations.some(({ code }) => code === "empty-output");
  const typed = (shape: AnyShape, i: number): TensorType => ({
    shape: isEmpty ? filled(shape) : shape,
    dtype: dtypeOf(i),
  });
  const outputs = isShape(made) ? typed(made, 0) : made.map(typed);
  const weightsUnknown = isUnknown(specs) ? specs.reason : undefined;
  return { violations, outputs, weights, weightsUnknown, nesting: spec.nesting?.(a) };
}
/** There is no tensor whose axis would be empty, or less than that; what follows is read as if there were. */
const filled = (shape: AnyShape): AnyShape =>
  hasRank(shape)
    ? shape.map((dim) => (typeof dim === "number" && dim < 1 ? unknown("the axis would be empty") : dim))
    : shape;
const isShape = (it: AnyShape | readonly AnyShape[]): it is AnyShape => !Array.isArray(it);

function listed(specs: Readonly<Record<string, WeightSpec>>, at: Surroundings): readonly Weight[] {
  const weights: Weight[] = [];
  for (const name of Object.keys(specs)) {
    const spec = specs[name];
    if (spec === undefined || spec === false) continue;
    const { shape, trainable = true, dtype = at.variable } = "shape" in spec ? spec : { shape: spec };
    weights.push({ name, shape, trainable, dtype });
  }
  return weights;
}

/** Σ of the weights' sizes; an unknown where one is not known. */
export const parameterCount = (weights: readonly Weight[]): Dim => weights.map((w) => product(w.shape)).reduce(plus, 0);

/** Strips the common indent of an embedded Python snippet. */
export const py = ({ raw: text }: TemplateStringsArray): string =>
  text.join("").replace(/^\n/, "").replace(/^ {4}/gm, "").trimEnd();
