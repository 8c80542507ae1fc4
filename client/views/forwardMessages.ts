import type { ForwardRow } from "../../server/protocol/messages.ts";

/** What the forward panel shows: everything that its page needs to draw itself anew. */
export interface ForwardView {
  readonly title: string;
  /** Undefined until it is known. */
  readonly input: string | undefined;
  readonly batch: number;
  readonly seed: number;
  readonly running: boolean;
  readonly rows: readonly ForwardRow[];
  /** Milliseconds; undefined while it runs. */
  readonly time: number | undefined;
  readonly problem: string | undefined;
}

export type ToPage =
  | { readonly type: "view"; readonly view: ForwardView }
  | { readonly type: "row"; readonly index: number; readonly row: ForwardRow };

export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "cancel" }
  | { readonly type: "run"; readonly batch: number; readonly seed: number }
  | { readonly type: "open"; readonly index: number }
  | { readonly type: "report"; readonly index: number };
