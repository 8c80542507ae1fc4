import { setArgument } from "../setArgument.ts";
import type { Explanation, Refusal } from "./index.ts";

const PADS = /^(?:Separable|Depthwise)?Conv\dD$|^(?:Max|Average)Pooling\dD$/;

/** A window that is wider than what is left of an axis: padding keeps the axis, or halves it to no less than 1. */
export function nothingLeft({ record, violation }: Refusal): Explanation | undefined {
  if (violation.code !== "empty-output" || !PADS.test(record.declared ?? "")) return undefined;
  const edits = [setArgument(record, "padding", '"same"')];
  return { repairs: [{ title: 'padding="same"', preferred: true, edits }] };
}
