import type { GraphResult } from "../../server/protocol/messages.ts";

/** What the page of an architecture is told. */
export type ToGraphPage =
  | { readonly type: "graph"; readonly graph: GraphResult }
  /** The model is not in the program any more: what was shown stays, and says so. */
  | { readonly type: "gone"; readonly title: string }
  /** The nodes that the cursor in the code is at. */
  | { readonly type: "cursor"; readonly ids: readonly string[] };

export type FromGraphPage =
  | { readonly type: "ready" }
  | { readonly type: "open"; readonly id: string }
  /** A picture to keep: the text of an SVG, or a PNG in base64. */
  | { readonly type: "save"; readonly as: "svg" | "png"; readonly data: string }
  | { readonly type: "failed"; readonly message: string };
