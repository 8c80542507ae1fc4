import type { Machine } from "../../interpreter/machine.ts";
import type { Fault } from "../../interpreter/record.ts";
import type { TensorValue } from "../../interpreter/values.ts";
import type { Conflict } from "../../tensor/conflict.ts";
import { product } from "../../tensor/dim.ts";
import { hasRank } from "../../tensor/shape.ts";
import { stepOf } from "./history.ts";

/**
 * A reshape to more elements than there are, of rows of which one column was taken: `data[i : i + 3, 0]`. With all
 * columns there are as many.
 */
export function columnTaken(
  m: Machine,
  { reshape }: Conflict,
  fault: Fault,
  [tensor]: readonly TensorValue[],
): Fault | undefined {
  const made = tensor && stepOf(m, tensor);
  const [row] = made !== undefined && /^(?:Array|Asarray|Stack)$/.test(made.type) ? made.inputs : [];
  const index = row === undefined ? made : stepOf(m, row);
  const from = index?.type === "GetItem" ? index.inputs[0]?.shape : undefined;
  const said = index?.args?.list[1]?.value;
  const isColumn = said?.kind === "tuple" && said.items.at(-1)?.kind === "int";
  if (reshape === undefined || index === undefined || !isColumn || from === undefined || !hasRank(from))
    return undefined;
  const [{ elements, target }, columns] = [reshape, from.last];
  if (typeof elements !== "number" || typeof columns !== "number" || product(target) !== elements * columns)
    return undefined;
  const edit = { place: index.place, text: "", form: "no last index" };
  return {
    ...fault,
    place: index.place,
    message: `${fault.message} This takes one of ${columns} columns; with all of them there are as many elements.`,
    related: [{ place: fault.place, message: "it raises here" }, ...fault.related],
    repairs: [
      { title: "All columns", preferred: true, edits: [edit] },
      ...fault.repairs.map((it) => ({ ...it, preferred: false })),
    ],
  };
}
