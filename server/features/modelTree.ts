import {
  type Analysis,
  type LayerReport,
  type Location,
  type ModelReport,
  type Outputs,
  overlaps,
  type Span,
} from "../../core/index.ts";
import { printOutputs, printShapes } from "./labels.ts";
import { type Memory, memoryOf } from "./memory.ts";
import { isBuilt } from "./models.ts";

/** A layer as a tree shows it; `Place` is how the reader calls places in code. */
export interface LayerNode<Place> {
  readonly name: string;
  readonly type: string;
  /** `(None, 10, 64)`; undefined where it is not known. */
  readonly shape: string | undefined;
  readonly params: number | undefined;
  /** Of the parameters of the whole model, from 0 to 1; undefined where either is not known. */
  readonly share: number | undefined;
  readonly trainable: boolean;
  /** False for an operation on tensors, which is none of `model.layers`. */
  readonly isLayer: boolean;
  /** Where it is made; undefined for what Keras adds itself. */
  readonly place: Place | undefined;
  /** The layers of a model inside the model. */
  readonly nested: readonly LayerNode<Place>[];
}
export interface ModelNode<Place> {
  /** The number by which commands name it. */
  readonly index: number;
  readonly name: string;
  readonly kerasName: string;
  readonly kind: ModelReport["kind"];
  readonly place: Place | undefined;
  /** `(None, 10, 5)`, several with brackets around. */
  readonly inputs: string | undefined;
  readonly outputs: string | undefined;
  readonly params: number | undefined;
  readonly trainable: number | undefined;
  readonly memory: Memory | undefined;
  readonly faults: Faults;
  readonly layers: readonly LayerNode<Place>[];
}
/** What is reported at the model or at one of its layers. */
export interface Faults {
  readonly errors: number;
  readonly warnings: number;
}

/** The models of a file with their layers; `place` translates the places of all. */
export function modelTree<Place>(
  analysis: Analysis,
  batch: number,
  place: (location: Location) => Place | undefined,
): readonly ModelNode<Place>[] {
  const { models, path } = analysis;
  return models.map((model, index) => {
    const { name, kerasName, kind, span, inputs, outputs, layers } = model;
    const built = isBuilt(model);
    const params = built ? model.params : undefined;
    return {
      ...{ index, name, kerasName, kind, params },
      trainable: built ? model.trainable : undefined,
      place: place({ path, span }),
      inputs: inputs && printShapes(inputs),
      outputs: outputs && printShapes(outputs),
      memory: built ? memoryOf(model, batch) : undefined,
      faults: faultsOf(analysis, model),
      layers: layers.map((layer) => layerNode(layer, params, place)),
    };
  });
}

function layerNode<Place>(
  layer: LayerReport,
  total: number | undefined,
  place: (location: Location) => Place | undefined,
): LayerNode<Place> {
  const { name, type, output, params, trainable, isOperation, location, nested } = layer;
  return {
    ...{ name, type, params, trainable },
    shape: output && printed(output),
    share: params === undefined || !total ? undefined : params / total,
    isLayer: isOperation !== true,
    place: location && place(location),
    nested: nested.map((it) => layerNode(it, total, place)),
  };
}
const printed = (output: Outputs): string => printOutputs(output, false);

function faultsOf({ diagnostics, path }: Analysis, { span, layers }: ModelReport): Faults {
  const spans = [span, ...spansOf(layers, path)];
  const ours = diagnostics.filter((it) => spans.some((other) => overlaps(it.span, other)));
  const count = (severity: string) => ours.filter((it) => it.severity === severity).length;
  return { errors: count("error"), warnings: count("warning") };
}
const spansOf = (layers: readonly LayerReport[], path: string): readonly Span[] =>
  layers.flatMap(({ location, nested }) => [
    ...(location?.path === path ? [location.span] : []),
    ...spansOf(nested, path),
  ]);
