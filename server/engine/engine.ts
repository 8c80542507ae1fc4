import { bytes, type Location, type LoweredRow, type Lowering, type WholeGraph } from "../../core/index.ts";
import type { Engine, Forwarded, ForwardedRow, RunOptions } from "../features/forward.ts";
import { printBytes } from "../features/numbers.ts";
import { MOST_KEPT } from "./drawn.ts";
import { describeInputs } from "./inputs.ts";
import type { Channel, EngineWasm, FromWorker, ToWorker } from "./messages.ts";
import { unpackedBytes } from "./pictures/picture.ts";
import { described, type RanRow } from "./rows.ts";

export interface EngineHost {
  /** A new worker. */
  spawn(): Channel;
  wasm(): Promise<EngineWasm>;
  /** Bytes that a run may hold; what needs more is refused before anything is allocated. */
  readonly limit: number;
}
/** The engine's own memory ends at 4 GiB, and it needs room to compute. */
export const MOST_BYTES = 3 * 2 ** 30;
/**
 * What the engine takes beside its rows: what it begins with, and garbage until it is collected. With what is kept of
 * weights, a run's estimate is a bound: of six models, from a small convolution to VGG16, what a process took was
 * between a half of it and the whole.
 */
const OWN_BYTES = 2 ** 26;
/** A worker that may hold more than this is not kept: its memory never shrinks. ResNet50 is, VGG16 is not. */
const KEPT_BYTES = 2 ** 29;
/** Milliseconds after which an idle worker is let go. */
const IDLE = 60_000;

interface Ended {
  readonly problem: string | undefined;
  readonly outputs?: Forwarded["outputs"];
}
interface Job {
  readonly row: (row: RanRow) => void;
  readonly end: (how: Ended) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Runs models in a worker of its own, one after the other. Cancelling ends the worker, at once; a crash is told to
 * whoever waits, and the next run gets a new worker.
 */
export class WorkerEngine implements Engine {
  private readonly host: EngineHost;
  private channel: Channel | undefined;
  private disposed = false;
  private starting: Promise<Channel> | undefined;
  private job: Job | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(host: EngineHost) {
    this.host = host;
  }

  run(
    lowering: Lowering<Location>,
    options: RunOptions,
    row: (row: ForwardedRow) => void,
    signal: AbortSignal,
  ): Promise<Forwarded> {
    const turn = this.last.then(() => this.runNow(lowering, options, row, signal));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  write(graph: WholeGraph, options: RunOptions, signal: AbortSignal): Promise<Uint8Array> {
    const turn = this.last.then(async () => {
      const held = graph.weights.reduce((sum, it) => sum + bytes(it), 0);
      const { problem, outputs } = await this.done({ kind: "write", graph, options }, () => undefined, signal, held);
      const file = outputs?.[0]?.numbers;
      if (!(file instanceof Uint8Array)) throw new Error(problem ?? "the engine wrote nothing");
      return file;
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Makes a worker ready, so that the next run need not wait for it. A fault is left for that run to meet. */
  async warm(): Promise<void> {
    await this.ready().catch(() => undefined);
    if (this.job === undefined) this.rest(0);
  }

  dispose(): void {
    this.disposed = true;
    this.drop();
    this.job?.end({ problem: "the engine was stopped" });
  }

  private async runNow(
    lowering: Lowering<Location>,
    options: RunOptions,
    row: (row: ForwardedRow) => void,
    signal: AbortSignal,
  ): Promise<Forwarded> {
    const rows: ForwardedRow[] = [];
    const input = describeInputs(lowering.inputs, new Set(options.inputs?.keys()));
    const held = heldBy(lowering, options);
    const refused = lowering.rows.length === 0 ? lowering.problem : this.tooLarge(lowering, held);
    if (refused !== undefined || signal.aborted) {
      const problem = refused ?? CANCELLED;
      return { rows: lowering.rows.map(unrun), input, problem };
    }
    const tell = (ran: RanRow): void => {
      const told = { ...ran, location: lowering.rows[ran.index]?.location };
      rows.push(told);
      row(told);
    };
    const inOrder = (): readonly ForwardedRow[] => rows.sort((a, b) => a.index - b.index);
    const { problem, outputs } = await this.done({ kind: "run", lowering, options }, tell, signal, held);
    // What came before it has run.
    return { rows: inOrder(), input, outputs, problem: problem ?? lowering.problem };
  }

  /** Lets the worker do something, which takes `held` bytes; cancelling ends the worker. */
  private async done(message: ToWorker, row: Job["row"], signal: AbortSignal, held: number): Promise<Ended> {
    const channel = await this.ready();
    const cancel = (): void => {
      this.drop();
      this.job?.end({ problem: CANCELLED });
      // Whoever cancels is likely to run again.
      void this.warm();
    };
    signal.addEventListener("abort", cancel);
    try {
      if (signal.aborted) return { problem: CANCELLED };
      return await new Promise<Ended>((end, fail) => {
        this.job = { row, end, fail };
        channel.hold(true);
        channel.post(message);
      });
    } finally {
      signal.removeEventListener("abort", cancel);
      channel.hold(false);
      this.job = undefined;
      this.rest(held);
    }
  }

  private async ready(): Promise<Channel> {
    clearTimeout(this.idle);
    if (this.channel !== undefined) return this.channel;
    this.starting ??= this.start().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }
  private async start(): Promise<Channel> {
    const wasm = await this.host.wasm();
    const channel = this.host.spawn();
    channel.listen(
      (message) => this.hear(channel, message),
      (reason) => this.bury(channel, reason),
    );
    channel.post({ kind: "start", wasm });
    if (this.disposed) channel.terminate();
    else this.channel = channel;
    return channel;
  }
  private hear(from: Channel, message: FromWorker): void {
    if (from !== this.channel) return;
    if (message.kind === "row") this.job?.row(message.row);
    else if (message.kind === "done") this.job?.end({ problem: message.problem, outputs: message.outputs });
    else {
      this.drop();
      this.job?.fail(new Error(`the engine failed: ${message.words}`));
    }
  }
  private bury(channel: Channel, reason: string): void {
    if (channel !== this.channel) return;
    this.channel = undefined;
    this.job?.fail(new Error(`the engine stopped: ${reason}`));
  }
  private drop(): void {
    const { channel } = this;
    this.channel = undefined;
    channel?.terminate();
  }
  private rest(held: number): void {
    if (held > KEPT_BYTES) this.drop();
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.drop(), IDLE);
    // A program that has nothing else to do need not wait for this.
    (this.idle as { unref?: () => void }).unref?.();
  }

  private tooLarge({ memory, rows, weights }: Lowering, held: number): string | undefined {
    if (held <= this.host.limit) return undefined;
    const own = (nodes: (typeof rows)[number]["nodes"]): number => {
      const read = new Set(nodes.flatMap((node) => node.inputs));
      return weights.filter((it) => read.has(it.name)).reduce((sum, it) => sum + bytes(it), 0);
    };
    const [largest] = rows.map((it) => ({ it, size: own(it.nodes) })).sort((a, b) => b.size - a.size);
    const worst =
      largest === undefined || largest.size === 0 ? "" : `, ${printBytes(largest.size)} of them in ${largest.it.name}`;
    return (
      `It is too large to run here: its weights take ${printBytes(memory.weights)}${worst}, and what its layers give ` +
      `${printBytes(memory.activations)}. It would hold up to ${printBytes(held)} at once, and may hold ` +
      `${printBytes(this.host.limit)}. Nothing was allocated`
    );
  }
}
/** The most that a run takes: its rows, the weights that came with it, and those that are kept for the next run. */
function heldBy({ memory }: Lowering, { weights, inputs }: RunOptions): number {
  const given = [...(weights?.values() ?? [])].reduce((sum, it) => sum + it.byteLength, 0);
  const kept = Math.min(MOST_KEPT, memory.weights);
  const pictures = [...(inputs?.values() ?? [])].reduce((sum, it) => sum + unpackedBytes(it), 0);
  return memory.peak + kept + Math.max(given, kept) + pictures + OWN_BYTES;
}
const CANCELLED = "cancelled";
/** Where nothing of the model was run, the reason is the run's, and said once. */
const unrun = (row: LoweredRow<Location>, index: number): ForwardedRow => ({
  index,
  ...described(row),
  location: row.location,
  actual: undefined,
  bytes: undefined,
  time: undefined,
  statistics: undefined,
  problem: row.problem,
});
