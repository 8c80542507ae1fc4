import { NONE, printDim } from "../tensor/dim.ts";
import { type AnyShape, hasRank } from "../tensor/shape.ts";
import type { TensorType } from "../tensor/type.ts";
import { COST_HEADERS, costCells, costTotals, printMemory, type SummaryCosts } from "./costs.ts";
import { type Column, drawTable, drawTables, plain, type Run, type Style, type Text } from "./table.ts";

export { printMemory } from "./costs.ts";

/**
 * What `model.summary()` prints: `keras.src.utils.summary_utils.print_summary`, Keras 3.15.1, character for character.
 * Before training: Keras adds a line for the optimizer's own variables once they exist.
 */
export interface SummaryLayer {
  readonly name: string;
  readonly type: string;
  readonly output: TensorType | readonly TensorType[] | undefined;
  /** Undefined where it is not known. */
  readonly params: number | undefined;
  /** False where Keras has not created the weights yet: `0 (unbuilt)`. True unless said. */
  readonly built?: boolean | undefined;
  readonly trainable: boolean;
  readonly connectedTo: readonly string[];
  /** Of a layer of a nested model: what feeds it in this one, where it stands here too. */
  readonly connectedOutside?: readonly string[] | undefined;
  readonly nested: readonly SummaryLayer[];
}
export interface SummaryModel {
  readonly kerasName: string;
  readonly kind: "sequential" | "functional" | "subclass";
  readonly params: number | undefined;
  readonly trainable: number | undefined;
  readonly nonTrainable: number | undefined;
  /** The memory that the weights take; four bytes each, as float32 does, unless said. */
  readonly trainableBytes?: number | undefined;
  readonly nonTrainableBytes?: number | undefined;
  readonly layers: readonly SummaryLayer[];
}
export interface SummaryOptions {
  /** The whole width in cells. Keras: 88 or, with connections, 108, but four cells less than the terminal at most. */
  readonly lineLength?: number | undefined;
  /** 80 where there is no terminal, as Python has it. */
  readonly terminalWidth?: number | undefined;
  readonly expandNested?: boolean | undefined;
  readonly showTrainable?: boolean | undefined;
  /** Columns of ours beside Keras's table, which stays what it is. */
  readonly costs?: SummaryCosts | undefined;
}

const count = (n: number | undefined): string => (n === undefined ? "?" : n.toLocaleString("en-US"));

/** Keras: one node at each depth, each with one input, no layer used twice. Then nobody need say what feeds what. */
function isChain(model: SummaryModel): boolean {
  if (model.kind !== "functional") return true;
  const feeds = model.layers.flatMap((layer) => layer.connectedTo);
  const sources = model.layers.filter((layer) => layer.connectedTo.length === 0);
  const from = new Set(feeds.map((text) => text.replace(/\[\d+\]\[\d+\]$/, "")));
  return (
    sources.length <= 1 && model.layers.every((layer) => layer.connectedTo.length <= 1) && from.size === feeds.length
  );
}

const number = (text: string): Run => ({ text, style: "number" });

function printSizes(shape: AnyShape): Run[] {
  if (!hasRank(shape)) return [{ text: "?" }];
  const sizes = shape.dims.flatMap((dim, i): Run[] => [
    ...(i > 0 ? [{ text: ", " }] : []),
    dim === NONE ? { text: "None", style: "none" } : number(printDim(dim)),
  ]);
  return [{ text: "(" }, ...sizes, { text: ")" }];
}

/** Several tensors: a symbolic call lists them, an eager one gives what the layer returns, a tuple. */
function printOutput(layer: SummaryLayer, symbolic: boolean): Text {
  const { output } = layer;
  if (output === undefined || layer.built === false) return [{ text: "?" }];
  const tensors = "shape" in output ? [output] : output;
  const [only] = tensors;
  if (only && tensors.length === 1) return printSizes(only.shape);
  const list = tensors.flatMap(({ shape }, i) => [...(i > 0 ? [{ text: ", " }] : []), ...printSizes(shape)]);
  const [open, close] = symbolic || layer.nested.length > 0 ? "[]" : "()";
  return [{ text: open ?? "" }, ...list, { text: close ?? "" }];
}

/** `dense[0][0], dropout[1][0]`, the indices as numbers. */
function printConnections(connectedTo: readonly string[]): Text {
  if (connectedTo.length === 0) return [{ text: "-" }];
  return connectedTo.flatMap((text, i): Run[] => {
    const [, name = text, node, tensor] = /^(.*)\[(\d+)\]\[(\d+)\]$/s.exec(text) ?? [];
    const comma = i > 0 ? ", " : "";
    if (node === undefined || tensor === undefined) return [{ text: comma + name }];
    return [{ text: `${comma}${name}[` }, number(node), { text: "][" }, number(tensor), { text: "]" }];
  });
}

function printTrainable({ params, trainable, built }: SummaryLayer): Text {
  const [text, style]: [string, Style] =
    params && built !== false ? (trainable ? ["Y", "yes"] : ["N", "no"]) : ["-", "bold"];
  return [{ text, style }];
}

interface Form {
  readonly connections: boolean;
  readonly symbolic: boolean;
  readonly expandNested: boolean;
  readonly showTrainable: boolean;
}
interface Row {
  readonly cells: readonly Text[];
  /** The names of the models that the layer stands in, and its own. */
  readonly path: readonly string[];
}
function rowsOf(layer: SummaryLayer, form: Form, around: readonly string[] = []): Row[] {
  const level = around.length;
  const prefix = level > 0 ? `${"   ".repeat(level)}└ ` : "";
  const name: Text = [{ text: `${prefix}${layer.name} (` }, { text: layer.type, style: "symbol" }, { text: ")" }];
  const params = layer.built === false ? [number("0"), { text: " (unbuilt)" }] : [number(count(layer.params))];
  // What is inside a nested model is not connected in the outer one, unless it stands there too.
  const feeds = level > 0 ? (layer.connectedOutside ?? []) : layer.connectedTo;
  const connections = form.connections ? [printConnections(feeds)] : [];
  const trainable = form.showTrainable ? [printTrainable(layer)] : [];
  const cells = [name, printOutput(layer, form.symbolic), params, ...connections, ...trainable];
  const path = [...around, layer.name];
  const nested = form.expandNested ? layer.nested.flatMap((inner) => rowsOf(inner, form, path)) : [];
  return [{ cells, path }, ...nested];
}

const PLAIN = { length: 88, positions: [0.45, 0.8, 1.0] };
const CONNECTED = { length: 108, positions: [0.3, 0.56, 0.74, 1.0] };
const HEADERS = ["Layer (type)", "Output Shape", "Param #", "Connected to"];
const ALIGNMENT = ["left", "left", "right", "left"] as const;
/** Below this a column has fewer than the four cells that Keras asks for, where it raises. */
const NARROWEST = 41;

function columnsOf(form: Form, lineLength: number): Column[] {
  const { positions } = form.connections ? CONNECTED : PLAIN;
  const ends = form.showTrainable ? [...positions.map((p) => p * 0.9), 1.0] : positions;
  let current = 0;
  return ends.map((end, i) => {
    const width = Math.trunc(end * lineLength) - current;
    current += width;
    const last = i === positions.length;
    return {
      width,
      header: last ? "Trainable" : (HEADERS[i] ?? ""),
      align: last ? "center" : (ALIGNMENT[i] ?? "left"),
    };
  });
}

function totals(model: SummaryModel): Text[] {
  const trainable = model.trainableBytes ?? (model.trainable === undefined ? undefined : model.trainable * 4);
  const frozen = model.nonTrainableBytes ?? (model.nonTrainable === undefined ? undefined : model.nonTrainable * 4);
  const line = (label: string, n: number | undefined, bytes: number | undefined): Text => [
    { text: ` ${label}: `, style: "bold" },
    number(count(n)),
    ...(n === undefined || bytes === undefined ? [] : [{ text: ` (${printMemory(bytes)})` }]),
  ];
  return [
    line(
      "Total params",
      model.params,
      trainable === undefined || frozen === undefined ? undefined : trainable + frozen,
    ),
    line("Trainable params", model.trainable, trainable),
    line("Non-trainable params", model.nonTrainable, frozen),
  ];
}

const formOf = (model: SummaryModel, options: SummaryOptions): Form => ({
  connections: !isChain(model),
  symbolic: model.kind !== "subclass",
  expandNested: options.expandNested ?? false,
  showTrainable: options.showTrainable ?? false,
});

/** What Keras's table and ours say, without its form. */
export function summaryRows(
  model: SummaryModel,
  options: SummaryOptions = {},
): { readonly headers: readonly string[]; readonly rows: readonly (readonly Text[])[]; readonly totals: Text[] } {
  const form = formOf(model, options);
  const { costs } = options;
  const headers = HEADERS.slice(0, form.connections ? 4 : 3);
  const rows = model.layers.flatMap((layer) => rowsOf(layer, form));
  return {
    headers: [...headers, ...(form.showTrainable ? ["Trainable"] : []), ...(costs ? COST_HEADERS : [])],
    rows: rows.map(({ cells, path }) => [...cells, ...(costs ? costTexts(costs, path) : [])]),
    totals: [...totals(model), ...(costs ? costTotals(costs) : [])],
  };
}

const costTexts = (costs: SummaryCosts, path: readonly string[]): Text[] =>
  costCells(costs.of(path)).map((text) => [number(text)]);

/** Our columns beside Keras's table, as wide as what stands in them. */
function besides(costs: SummaryCosts, rows: readonly Row[]) {
  const cells = rows.map(({ path }) => costTexts(costs, path));
  const columns = COST_HEADERS.map((header, i): Column => {
    const longest = cells.reduce((most, row) => Math.max(most, row[i]?.[0]?.text.length ?? 0), header.length);
    return { header, width: longest, align: "right" };
  });
  return { columns, rows: cells };
}

/** The lines of the summary. What is not known is `?`. */
export function summarise(model: SummaryModel, options: SummaryOptions = {}): readonly Text[] {
  const form = formOf(model, options);
  const { costs } = options;
  const natural = (form.connections ? CONNECTED : PLAIN).length + (form.showTrainable ? 12 : 0);
  const lineLength = Math.max(NARROWEST, options.lineLength ?? Math.min(natural, (options.terminalWidth ?? 80) - 4));
  const rows = model.layers.flatMap((layer) => rowsOf(layer, form));
  const columns = columnsOf(form, lineLength);
  const cells = rows.map((it) => it.cells);
  return [
    [{ text: `Model: "${model.kerasName}"`, style: "bold" }],
    ...(costs ? drawTables(columns, cells, lineLength, besides(costs, rows)) : drawTable(columns, cells, lineLength)),
    ...totals(model),
    ...(costs ? costTotals(costs) : []),
  ];
}

/** The same as text, without colours. */
export const printSummary = (model: SummaryModel, options?: SummaryOptions): string =>
  summarise(model, options)
    .map((line) => `${plain(line)}\n`)
    .join("");
