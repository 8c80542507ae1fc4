import {
  type Constant,
  type LoweredRow,
  type LoweredWeight,
  type Lowering,
  runOrder,
  type Tensor,
} from "../../core/index.ts";
import type { ForwardedRow } from "../features/forward.ts";
import { type WrittenModel, written } from "./onnx.ts";
import type { Held, Ran } from "./runtime.ts";
import { statisticsOf } from "./statistics.ts";
import { type Numbers, printSizes } from "./tensors.ts";
import { wordsOf } from "./words.ts";

/**
 * Runs a lowering row by row, each as a model of its own. So every row has a time of its own, a fault has the name of
 * the layer, weights are held for one row only, and a cancelled run stops between two rows.
 */

export type RunOnce = (
  model: WrittenModel,
  feeds: ReadonlyMap<string, Held>,
  outputs: readonly string[],
) => Promise<Ran>;

export interface Sources {
  readonly inputs: (name: string) => Numbers;
  readonly weights: (weight: LoweredWeight) => Numbers;
}
/** A row's outcome. */
export type RanRow = Omit<ForwardedRow, "location">;
/** Told of each row when it has run, and of the tensors that came out of it. */
export type OnRow = (row: RanRow, outputs: readonly Held[]) => void;

/** Gives what the model gives, by the names of its tensors. */
export async function runRows(
  lowering: Lowering,
  { inputs, weights }: Sources,
  run: RunOnce,
  onRow: OnRow,
): Promise<ReadonlyMap<string, Held>> {
  const plan = new Plan(lowering);
  const live = new Map<string, Held>();
  for (const { name, shape, dtype } of lowering.inputs) live.set(name, { shape, dtype, numbers: inputs(name) });
  const makers = new Map<string, string>();
  /** Of the rows that ran since, by how deep they stand. */
  const times: number[] = [];
  for (const index of plan.order) {
    const row = plan.row(index);
    for (const name of row.nodes.flatMap((node) => node.outputs)) makers.set(name, row.name);
    const { outcome, outputs } = await runRow(plan, index, live, { run, weights, makers });
    const [inside] = times.splice(row.depth + 1);
    const time = outcome.time === undefined ? undefined : outcome.time + (inside ?? 0);
    times[row.depth] = (times[row.depth] ?? 0) + (time ?? inside ?? 0);
    onRow({ index, ...described(row), ...outcome, time }, outputs);
    plan.forget(live, index);
  }
  return live;
}

interface Means {
  readonly run: RunOnce;
  readonly weights: Sources["weights"];
  /** Names of the rows that give tensors. */
  readonly makers: ReadonlyMap<string, string>;
}
type Outcome = Pick<RanRow, "actual" | "bytes" | "time" | "statistics" | "problem">;
interface RowResult {
  readonly outcome: Outcome;
  readonly outputs: readonly Held[];
}
const failed = (problem: string): RowResult => ({
  outcome: { actual: undefined, bytes: undefined, time: undefined, statistics: undefined, problem },
  outputs: [],
});

async function runRow(plan: Plan, index: number, live: Map<string, Held>, means: Means): Promise<RowResult> {
  const row = plan.row(index);
  if (row.problem !== undefined) return failed(row.problem);
  const { reads, gives } = plan.of(index);
  const missing = reads.find((name) => !live.has(name));
  if (missing !== undefined) return failed(`it is not reached: it needs what ${means.makers.get(missing)} yields`);
  let time = 0;
  if (row.nodes.length > 0) {
    const feeds = new Map(reads.map((name) => [name, live.get(name) as Held]));
    try {
      const ran = await means.run(plan.model(index, feeds, means.weights), feeds, gives);
      for (const [name, held] of ran.outputs) live.set(name, held);
      time = ran.time;
    } catch (error) {
      return failed(`the engine refuses it: ${wordsOf(error)}`);
    }
  }
  const outputs = row.outputs.flatMap(({ name }) => live.get(name) ?? []);
  if (outputs.length < row.outputs.length) return failed("it is not reached: it passes on what did not run");
  const [first] = outputs;
  return {
    outcome: {
      actual: printed(outputs.map((it) => it.shape)),
      bytes: outputs.reduce((sum, it) => sum + it.numbers.byteLength, 0),
      time,
      statistics: first && statisticsOf(first.numbers),
      problem: undefined,
    },
    outputs,
  };
}

export const described = ({ name, type, depth, predicted, params, macs, differs }: LoweredRow<unknown>) => ({
  name,
  type,
  depth,
  predicted: predicted === undefined ? "?" : printed(predicted),
  params,
  macs,
  differs,
});
const printed = (shapes: readonly (readonly number[])[]): string => shapes.map(printSizes).join(", ");

/** Which tensors each row reads from those before it, and gives to those behind it. */
class Plan {
  private readonly lowering: Lowering;
  private readonly constants: ReadonlyMap<string, Constant>;
  private readonly weights: ReadonlyMap<string, LoweredWeight>;
  /** The rows' places in the lowering, as they run. */
  readonly order: readonly number[];
  /** When a tensor is read for the last time, and when a row runs: places in `order`. */
  private readonly last = new Map<string, number>();
  private readonly turn: ReadonlyMap<number, number>;

  constructor(lowering: Lowering) {
    this.lowering = lowering;
    this.constants = new Map(lowering.constants.map((it) => [it.name, it]));
    this.weights = new Map(lowering.weights.map((it) => [it.name, it]));
    this.order = runOrder(lowering.rows);
    this.turn = new Map(this.order.map((index, i) => [index, i]));
    for (const [i, index] of this.order.entries()) {
      const { nodes, outputs } = this.row(index);
      for (const name of nodes.flatMap((node) => node.inputs)) this.last.set(name, i);
      for (const { name } of outputs) this.last.set(name, i);
    }
    for (const { name } of lowering.outputs) this.last.set(name, this.order.length);
  }

  row(index: number): LoweredRow<unknown> {
    return this.lowering.rows[index] as LoweredRow<unknown>;
  }
  of(index: number): { readonly reads: readonly string[]; readonly gives: readonly string[] } {
    const { nodes, outputs } = this.row(index);
    const made = new Set(nodes.flatMap((node) => node.outputs));
    const read = new Set(nodes.flatMap((node) => node.inputs));
    const reads = [...read].filter(
      (name) => name !== "" && !made.has(name) && !this.constants.has(name) && !this.weights.has(name),
    );
    const wanted = new Set(outputs.map((it) => it.name));
    const gives = [...made].filter((name) => name !== "" && (wanted.has(name) || this.isReadAfter(name, index)));
    return { reads, gives };
  }
  model(index: number, feeds: ReadonlyMap<string, Held>, numbersOf: Sources["weights"]): WrittenModel {
    const { nodes } = this.row(index);
    const read = new Set(nodes.flatMap((node) => node.inputs));
    const pick = <T extends Tensor>(from: ReadonlyMap<string, T>): readonly T[] =>
      [...read].flatMap((name) => from.get(name) ?? []);
    return written({
      opset: this.lowering.opset,
      nodes,
      inputs: [...feeds].map(([name, { shape, dtype }]) => ({ name, shape, dtype })),
      outputs: this.of(index).gives,
      constants: pick(this.constants),
      weights: pick(this.weights).map((tensor) => ({ tensor, numbers: numbersOf(tensor) })),
    });
  }
  /** Lets go of what no later row reads. */
  forget(live: Map<string, Held>, index: number): void {
    for (const name of live.keys()) if (!this.isReadAfter(name, index)) live.delete(name);
  }
  private isReadAfter(name: string, index: number): boolean {
    return (this.last.get(name) ?? -1) > (this.turn.get(index) ?? 0);
  }
}
