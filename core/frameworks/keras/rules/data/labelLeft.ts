import { hashOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import { type Place, stringOf, type TensorValue } from "../../../../interpreter/values.ts";
import { hasRank, type Shape } from "../../../../tensor/shape.ts";
import { type Step, stepsBack } from "../../../operation/history.ts";
import { frameData } from "../../../pandas/frame.ts";
import { definedAs } from "../../runtime/definitions.ts";
import { shapingStep, type WrongStep } from "./steps.ts";

/** The column that is the label stands among the data, which have one column more than the model reads. */
export function labelLeft(
  m: Machine,
  tensor: TensorValue,
  wanted: Shape,
  labels: readonly TensorValue[],
): WrongStep | undefined {
  const { step } = shapingStep(m, tensor) ?? {};
  const columns = step?.of?.columns ?? [];
  if (step === undefined || !hasRank(tensor.shape) || tensor.shape.rank !== 2 || wanted.rank !== 2) return undefined;
  if (wanted.last !== columns.length - 1) return undefined;
  const [label] = labels
    .flatMap((it) => [...stepsBack(m, it)])
    .flatMap(({ of }) => (of?.columns.length === 1 ? [of] : []));
  const name = stringOf(label?.columns[0]);
  if (label === undefined || name === undefined || !columns.some((it) => hashOf(it) === `s:${name}`)) return undefined;
  const message = `"${name}", which is the label, is one of these columns`;
  const place = chosenAt(m, step, label.table);
  if (place === undefined) return taken(m, step, labels, message);
  const edit = { place, text: `.drop(columns=["${name}"])`, form: "before values" };
  return {
    place,
    message,
    repairs: [{ title: edit.text.slice(1), preferred: true, edits: [edit] }],
  };
}

/** The table itself is given as the data, and the label was only read from it: `pop` takes it out as well. */
function taken(m: Machine, { of }: Step, labels: readonly TensorValue[], message: string): WrongStep | undefined {
  const [read] = labels.flatMap((it) => [...stepsBack(m, it)]).filter((it) => it.of?.columns.length === 1);
  if (read === undefined || read.of?.table !== of?.table) return undefined;
  const edits = [{ place: read.place, text: "", form: "popped" }];
  return { place: read.place, message, repairs: [{ title: "Take it out of the table: pop", preferred: true, edits }] };
}

/** Where the table got its columns: an array of it was made, or it got a name that the label's table does not have. */
function chosenAt(m: Machine, { place, of }: Step, table: number): Place | undefined {
  const names = variablesIn(m, m.scope).flatMap(([name, value]) =>
    value.kind === "instance" && frameData(m, value)?.of === of?.table && value.id === of?.table ? [name] : [],
  );
  const found = names.flatMap((name) => definedAs(m, name) ?? []);
  const own = of?.table === table ? found.filter(({ node }) => node.kind === "Name") : found;
  return own.at(-1)?.place ?? (place.statement === m.here.statement ? undefined : place);
}
