/** What Bidirectional asks of its two layers. Source: `_verify_layer_config` in keras.src.layers.rnn.bidirectional. */
import type { Builder, Tensor } from "../../../../lowering/builder.ts";
import { plus } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import type { TensorType } from "../../../../tensor/type.ts";
import { type Arg, check, type LayerHandle, type Violation } from "../../define.ts";
import { certainFlag, isHandle, layerArgument, mayBeRecurrent } from "./handles.ts";
import { exactly } from "./words.ts";

/** A layer that runs along the time axis. */
export const recurrentLayer = (): Arg<LayerHandle | undefined> => {
  const { cases, refuses } = layerArgument();
  return {
    cases,
    refuses: (given) =>
      isHandle(given) && !mayBeRecurrent(given)
        ? `must be a recurrent layer, such as LSTM, that can run backwards; ${given.type} cannot`
        : refuses?.(given),
  };
};

export type Mode = "concat" | "sum" | "mul" | "ave" | null;
/** How the two outputs are joined. */
export const mergeMode = (): Arg<Mode> => exactly("concat", "sum", "mul", "ave", null);

const SAME = ["stateful", "return_sequences", "return_state"] as const;

/** The copy that Bidirectional makes runs backwards; one that it is given must do so too, and agree otherwise. */
export function backwardsFits(
  layer: LayerHandle | undefined,
  backward: LayerHandle | null | undefined,
): readonly Violation[] {
  if (layer === undefined || backward === undefined) return [];
  const ahead = certainFlag(layer, "go_backwards");
  const back = backward === null ? true : certainFlag(backward, "go_backwards");
  const differing = backward === null ? undefined : SAME.find((name) => differs(name, layer, backward));
  return [
    ...check(
      ahead === undefined || ahead !== back,
      backward === null ? "layer-runs-ahead" : "directions-differ",
      `Bidirectional runs one layer each way, but both have go_backwards=${ahead ? "True" : "False"}.`,
      { argument: backward === null ? "layer" : "backward_layer" },
    ),
    ...check(
      differing === undefined,
      "directions-agree",
      `Bidirectional joins what both layers give, so they must have the same ${differing}.`,
      { argument: "backward_layer" },
    ),
  ];
}
function differs(name: string, a: LayerHandle, b: LayerHandle): boolean {
  const [x, y] = [certainFlag(a, name), certainFlag(b, name)];
  return x !== undefined && y !== undefined && x !== y;
}

/** What comes out of both ways, the one behind already turned round. */
export function joinedWays(g: Builder, mode: Mode, y: Tensor, z: Tensor): readonly Tensor[] {
  if (mode === null) return [y, z];
  if (mode === "concat") return [g.concat([y, z], -1)];
  const joined = mode === "mul" ? g.multiply(y, z) : g.add(y, z);
  return [mode === "ave" ? g.divide(joined, 2) : joined];
}

/** The types of what comes out. */
export const merged = (mode: Mode, y: TensorType, z: TensorType): readonly TensorType[] => {
  if (mode === null) return [y, z];
  if (mode !== "concat" || !hasRank(y.shape) || !hasRank(z.shape)) return [y];
  return [{ ...y, shape: y.shape.withLast(plus(y.shape.last, z.shape.last)) }];
};
