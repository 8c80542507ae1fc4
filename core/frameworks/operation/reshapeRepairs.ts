import type { Repair } from "../../interpreter/record.ts";
import type { Place } from "../../interpreter/values.ts";
import type { Conflict } from "../../tensor/conflict.ts";
import { printDim, product } from "../../tensor/dim.ts";

/**
 * A target of a reshape of an array that does not hold as many elements: -1 for the one size that was counted of
 * another array, the number of rows before all.
 */
export function reshapeRepairs({ reshape }: Conflict, place: Place): readonly Repair[] {
  if (reshape === undefined || typeof reshape.elements !== "number") return [];
  const { elements, from, target } = reshape;
  const isFitting = (at: number) => {
    const others = product(target.toSpliced(at, 1));
    return typeof others === "number" && others > 0 && elements % others === 0 && !target.toSpliced(at, 1).includes(-1);
  };
  // Where axes keep their sizes, it is another one that was said wrong.
  const stays = (at: number) => Number(target[at] === from[at]);
  const axes = [...target.keys()].filter(isFitting).sort((a, b) => stays(a) - stays(b));
  return axes.map((at, i) => {
    const text = target.map((_, j) => (j === at ? "-1" : `#${j}`)).join(" ");
    const title = `reshape to (${target.map((dim, j) => (j === at ? "-1" : printDim(dim))).join(", ")})`;
    return { title, preferred: i === 0, edits: [{ place, text, form: "reshape" }] };
  });
}
