import type { Preview } from "../../server/features/preview.ts";
import type { ForwardRow } from "../../server/protocol/messages.ts";

/** What the forward panel shows: everything that its page needs to draw itself anew. */
export interface ForwardView {
  readonly title: string;
  /** Undefined until it is known. */
  readonly input: string | undefined;
  /** Undefined where a file of inputs says it. */
  readonly batch: number | undefined;
  readonly seed: number;
  readonly running: boolean;
  /** In the order of their `index`. */
  readonly rows: readonly ForwardRow[];
  /** Of what the model gave; none while it runs. */
  readonly previews: readonly Preview[];
  /** Milliseconds; undefined while it runs. */
  readonly time: number | undefined;
  readonly problem: string | undefined;
}

export type ToPage =
  | { readonly type: "view"; readonly view: ForwardView }
  | { readonly type: "row"; readonly row: ForwardRow };

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "cancel" }
  | { readonly type: "run"; readonly batch: number | undefined; readonly seed: number }
  /** `index` is the row's own. */
  | { readonly type: "open"; readonly index: number }
  | { readonly type: "report"; readonly index: number };

/** A layer is told of after the layers that it runs, and stands before them. */
export function withRow(rows: readonly ForwardRow[], row: ForwardRow): readonly ForwardRow[] {
  const after = rows.findIndex((it) => it.index > row.index);
  return rows.toSpliced(after < 0 ? rows.length : after, 0, row);
}
