import { MOST_KEPT } from "./drawn.ts";
import type { WrittenModel } from "./onnx.ts";
import { type Held, open, type Ran, run, runOnce, type Session } from "./runtime.ts";

/** What a session takes beside its weights. */
const OF_A_SESSION = 2 ** 16;
/** A model of more bytes has its weights within: it is not worth to be held beside its session. */
const MOST_OF_A_MODEL = 2 ** 17;

/**
 * Runs the model of a row, and keeps it: the next run is often of the same layers with the same weights, and then
 * neither is read again.
 */
export class Sessions {
  private readonly kept = new Map<string, Session>();
  private bytes = 0;
  /** Numbers of buffers: drawn weights are the same ones in the next run. */
  private readonly buffers = new WeakMap<ArrayBufferLike, number>();
  private known = 0;

  readonly run = async (
    model: WrittenModel,
    feeds: ReadonlyMap<string, Held>,
    outputs: readonly string[],
  ): Promise<Ran> => {
    const size = OF_A_SESSION + model.externalData.reduce((sum, { data }) => sum + data.byteLength, 0);
    const isKept = !model.draws && model.model.length <= MOST_OF_A_MODEL && size <= MOST_KEPT;
    if (!isKept) return runOnce(model, feeds, outputs);
    const key = this.keyOf(model);
    const kept = this.kept.get(key);
    const session = kept ?? (await open(model));
    if (kept === undefined) await this.keep(key, session, size);
    return run(session, feeds, outputs);
  };

  private async keep(key: string, session: Session, size: number): Promise<void> {
    if (this.bytes + size > MOST_KEPT) {
      for (const it of this.kept.values()) await it.release();
      this.kept.clear();
      this.bytes = 0;
    }
    this.kept.set(key, session);
    this.bytes += size;
  }
  private keyOf({ model, externalData }: WrittenModel): string {
    const weights = externalData.map(({ data }) => `${this.numberOf(data.buffer)}+${data.byteOffset}`);
    return `${weights} ${new TextDecoder("latin1").decode(model)}`;
  }
  private numberOf(buffer: ArrayBufferLike): number {
    const number = this.buffers.get(buffer) ?? ++this.known;
    this.buffers.set(buffer, number);
    return number;
  }
}
