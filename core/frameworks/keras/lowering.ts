import { type Builder, masked, refuse, type Tensor } from "../../lowering/builder.ts";
import { type ArgSpecs, casesOf, type Given, type LayerHandle, type Values } from "./argument.ts";

/** A layer's weights as tensors, by the names that `weights` gives them; undefined for one that there is not. */
export type WeightTensors = Readonly<Record<string, Tensor | undefined>>;
/** What lowering may ask beside arguments, inputs and weights. Sizes are numbers; the mode is inference. */
export interface LoweringSite {
  /** All tensors of the call, flat, in the order of `tensors`: a recurrent layer's initial states stand behind x. */
  readonly inputs: readonly Tensor[];
  /**
   * The inputs' masks. A layer for which Keras says `supports_masking` hands its mask on, `masked(y, mask)`; what any
   * other gives has none, so the inputs that a rule sees have none either.
   */
  readonly masks: readonly (Tensor | undefined)[];
  /** Another argument of the call that is a tensor, by its name; one that no rule asks for is refused. */
  argument(name: string): Tensor | undefined;
  /** What the declaration says comes out, for these very inputs. */
  readonly outputs: readonly (readonly number[])[];
  /**
   * Lowers a layer that was given to this one. Its weights are its own unless some are given by its own names, and its
   * arguments those that it was made with, unless some are overruled: `{ go_backwards: true }`.
   */
  inner(
    layer: LayerHandle,
    inputs: readonly Tensor[],
    how?: { readonly weights?: WeightTensors; readonly args?: Readonly<Record<string, Given>> },
  ): readonly Tensor[];
}
/** Those weights of a wrapper that stand behind `prefix`, by the inner layer's own names. */
export const weightsBehind = (prefix: string, w: WeightTensors): WeightTensors =>
  Object.fromEntries(
    Object.entries(w).flatMap(([name, it]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), it]] : [])),
  );
/** One tensor, or as many as `outputs` has. What cannot be lowered is refused: `refuse("dilation is not lowered")`. */
export type Lowered = Tensor | readonly Tensor[];

/** A declaration's rule as the tracing of a model calls it. */
export type LoweredLayer = (
  g: Builder,
  given: Readonly<Record<string, Given>>,
  w: WeightTensors,
  at: Omit<LoweringSite, "masks">,
) => readonly Tensor[];
type Rule<A extends ArgSpecs> = (
  g: Builder,
  a: Values<A>,
  xs: readonly Tensor[],
  w: WeightTensors,
  at: LoweringSite,
) => Lowered;

/** Lowers where the arguments leave one case. */
export function lowering<A extends ArgSpecs>(args: A, rule: Rule<A> | undefined): LoweredLayer | undefined {
  if (rule === undefined) return undefined;
  return (g, given, w, at) => {
    const [a, other] = casesOf(args, given);
    if (a === undefined || other !== undefined) return refuse(`its ${openArgument(args, given)} is not known`);
    const asked = new Set(["mask"]);
    const argument = (name: string): Tensor | undefined => {
      asked.add(name);
      return at.argument(name);
    };
    // A mask that is given takes the place of the one that the input carries.
    const masks = at.inputs.map((it, i) => (i === 0 ? argument("mask") : undefined) ?? it.mask);
    const inputs = at.inputs.map((it) => masked(it, undefined));
    const inner: LoweringSite["inner"] = (layer, xs, how) => at.inner(layer, xs, how);
    const lowered = rule(g, a, inputs, w, { inputs, masks, argument, outputs: at.outputs, inner });
    heeded(args, given, (name) => asked.has(name) && at.argument(name) !== undefined);
    return "name" in lowered ? [lowered] : lowered;
  };
}
/** What a call is given beside its tensors, `mask` or `training`, is refused where nobody reads it. */
function heeded(args: ArgSpecs, given: Readonly<Record<string, Given>>, isRead: (name: string) => boolean): void {
  const isSet = (name: string) => given[name] !== null && given[name] !== false;
  const stray = Object.keys(given).find(
    (name) => name.startsWith("call.") && !(name in args) && isSet(name) && !isRead(name.slice("call.".length)),
  );
  if (stray !== undefined) refuse(`the argument ${stray.slice("call.".length)} of its call is not lowered`);
}
const openArgument = (args: ArgSpecs, given: Readonly<Record<string, Given>>): string =>
  Object.keys(args).find((name) => args[name]?.cases(given[name] ?? null).length !== 1) ?? "argument";
