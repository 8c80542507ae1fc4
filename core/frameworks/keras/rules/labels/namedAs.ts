import { variablesIn } from "../../../../interpreter/names.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Arg, Place, Value } from "../../../../interpreter/values.ts";
import { provablyEqual } from "../../../../tensor/dim.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import { isSymbolic } from "../../runtime/tensors.ts";
import type { Meeting } from "../../training/meeting.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { mismatch } from "./mismatch.ts";

export interface Found {
  readonly place: Place | undefined;
  readonly repairs: readonly Repair[];
}

/** The one other variable whose name ends as the data's does, `y_test` beside `X_test`, and that `fits`. */
export function namedAs({ m, args: { x, y } }: Meeting, fits: (it: Value) => boolean): Found | undefined {
  const [data, given] = [nameOf(x), nameOf(y)];
  if (y?.place === undefined || data === undefined || given === undefined) return undefined;
  const end = /_[A-Za-z]+\d*$/.exec(data)?.[0] ?? /[A-Z][a-z]+$/.exec(data)?.[0];
  const names = variablesIn(m, m.scope).flatMap(([name, value]) =>
    end !== undefined && name !== given && name !== data && name.endsWith(end) && fits(value) ? [name] : [],
  );
  const [name] = names;
  if (name === undefined || names.length !== 1) return undefined;
  const text = y.name === undefined ? name : `${y.name}=${name}`;
  return { place: y.place, repairs: [{ title: name, preferred: true, edits: [{ place: y.place, text }] }] };
}
const nameOf = (arg: Arg | undefined): string | undefined => (arg?.node?.kind === "Name" ? arg.node.name : undefined);

/** The data stand where their labels should, of a model that other labels went with before. */
export function dataForLabels(meeting: Meeting): Cause | undefined {
  const { record, sample, label } = meeting;
  if (label.id !== sample.id || record.compiled?.settled !== true) return undefined;
  const isFit = (it: Value): boolean =>
    isArray(it) && isAsLong(it, sample) && mismatch({ ...meeting, label: it }) === undefined;
  const found = namedAs(meeting, isFit);
  const message = `${bothShapes(meeting)}: these are the data, and their labels belong here`;
  return found && { code: "label-shape", message, ...found };
}
const isArray = (it: Value): it is Ranked => it.kind === "tensor" && !isSymbolic(it) && isRanked(it);
const isAsLong = ({ shape }: Ranked, { shape: other }: Ranked): boolean =>
  shape.rank > 0 && provablyEqual(shape.batch, other.batch);
