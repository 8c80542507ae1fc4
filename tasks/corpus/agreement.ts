import { type LayerReport, type ModelReport, type Outputs, printShape } from "../../core/index.ts";
import type { Row, Shapes } from "./calls.ts";

/** Whether what is claimed of a model is what the real Keras has. */

/** `unknown`: nothing that is claimed is wrong, but not all of it is claimed. */
export type Verdict = "exact" | "unknown" | "wrong";
const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes("wrong") ? "wrong" : verdicts.includes("unknown") ? "unknown" : "exact";

/** A model of the real Keras; what Keras itself could not say is undefined. */
export interface RealModel {
  readonly inputs: Shapes | undefined;
  readonly outputs: Shapes | undefined;
  readonly params: number | undefined;
  readonly trainable: number | undefined;
  readonly layers: readonly Row[] | undefined;
  readonly isSequential: boolean;
}
/** How far names are held to Keras's: `stems` leaves the number at the end aside. */
export type Names = "whole" | "stems" | "none";

export interface Compared {
  readonly verdict: Verdict;
  /** Each part by itself. */
  readonly parts: Readonly<Record<string, Verdict>>;
  /** The first row that is not exact, or what is before it. */
  readonly where: string;
}

export function compareModel(ours: ModelReport, real: RealModel, names: Names): Compared {
  const rows = compareRows(ours, real, names);
  const parts = {
    inputs: compareShapes(ours.inputs?.map(printShape), real.inputs),
    outputs: compareShapes(ours.outputs?.map(printShape), real.outputs),
    params: compareNumbers(ours.params, real.params),
    trainable: compareNumbers(ours.trainable, real.trainable),
    rows: rows.verdict,
  };
  const told = Object.entries(parts).filter(([, verdict]) => verdict !== "exact");
  const where = [...told.map(([part, verdict]) => `${part} ${verdict}`), rows.where].filter((it) => it !== "");
  return { verdict: worst(Object.values(parts)), parts, where: where.join(", ") };
}

function compareNumbers(ours: number | undefined, real: number | undefined): Verdict {
  if (real === undefined) return "exact";
  return ours === undefined ? "unknown" : ours === real ? "exact" : "wrong";
}

/** One in a list is the same as one by itself. */
const bare = (shapes: Shapes): Shapes =>
  typeof shapes !== "string" && shapes.length === 1 ? bare(shapes[0] ?? []) : shapes;
function compareShapes(claimed: Shapes | undefined, actual: Shapes | null | undefined): Verdict {
  if (actual === undefined || actual === null) return "exact";
  if (claimed === undefined) return "unknown";
  const [ours, real] = [bare(claimed), bare(actual)];
  if (typeof ours === "string" && (ours === "?" || ours.includes("..."))) return "unknown";
  if (typeof ours === "string" || typeof real === "string")
    return typeof ours === "string" && typeof real === "string" ? compareSizes(ours, real) : "wrong";
  if (ours.length !== real.length) return "wrong";
  return worst(ours.map((it, i) => compareShapes(it, real[i])));
}
/** Axis by axis: `?` claims nothing. */
function compareSizes(ours: string, real: string): Verdict {
  const [a, b] = [ours, real].map((it) =>
    it
      .replace(/[()]|,\)$/g, "")
      .split(/, ?/)
      .filter((size) => size !== ""),
  );
  if (a === undefined || b === undefined || a.length !== b.length) return "wrong";
  return worst(a.map((size, i) => (size === b[i] ? "exact" : size.includes("?") ? "unknown" : "wrong")));
}

/** Keras 2 makes layers of operations, and a Sequential lists its Input only where that was added as a layer. */
const OPERATION_LAYERS = new Set([
  "TFOpLambda",
  "SlicingOpLambda",
  "ClassMethod",
  "InstanceMethod",
  "InstanceProperty",
  "AddLoss",
  "AddMetric",
]);
function compareRows(ours: ModelReport, real: RealModel, names: Names): { verdict: Verdict; where: string } {
  if (real.layers === undefined) return { verdict: "exact", where: "" };
  const input = (type: string | undefined, i: number) => real.isSequential && i === 0 && type === "InputLayer";
  const claimed = ours.layers.filter((it) => it.isOperation !== true).filter((it, i) => !input(it.type, i));
  const actual = real.layers.filter(([, type], i) => !OPERATION_LAYERS.has(type) && !input(type, i));
  if (claimed.length !== actual.length) {
    const isOpen = ours.params === undefined || ours.outputs === undefined;
    return { verdict: isOpen ? "unknown" : "wrong", where: `${claimed.length} rows of ${actual.length}` };
  }
  const verdicts = claimed.map((layer, i) => compareRow(layer, actual[i] as Row, names));
  const verdict = worst(verdicts);
  const first = verdicts.indexOf(verdict);
  const [layer, row] = [claimed[first], actual[first]];
  return {
    verdict,
    where: verdict === "exact" || layer === undefined ? "" : `${printLayer(layer)} is ${JSON.stringify(row)}`,
  };
}
function compareRow(layer: LayerReport, [name, type, output, params]: Row, names: Names): Verdict {
  const stem = (it: string) => (names === "stems" ? it.replace(/_\d+$/, "") : it);
  const isNamed = names === "none" || stem(layer.name) === stem(name);
  return worst([
    layer.type === type ? "exact" : "wrong",
    isNamed ? "exact" : layer.name === "?" ? "unknown" : "wrong",
    compareShapes(layer.output && shapesOf(layer.output), output),
    compareNumbers(layer.params, params),
  ]);
}
const shapesOf = (outputs: Outputs): Shapes =>
  "shape" in outputs ? printShape(outputs.shape) : outputs.map(({ shape }) => printShape(shape));
const printLayer = ({ name, type, output, params }: LayerReport): string =>
  `${name} ${type} ${output === undefined ? "?" : JSON.stringify(shapesOf(output))} ${params ?? "?"}`;
