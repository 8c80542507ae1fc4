import type { Machine } from "../../../interpreter/machine.ts";
import { type Deeds, type Fault, type Observation, observations, type Repair } from "../../../interpreter/record.ts";
import {
  type Arg,
  type Instance,
  type Place,
  positional,
  type TensorValue,
  type Value,
} from "../../../interpreter/values.ts";
import { printDim, provablyDifferent, provablyEqual } from "../../../tensor/dim.ts";
import { printShape } from "../../../tensor/shape.ts";
import type { Step } from "../../operation/history.ts";
import { isRanked, type Ranked } from "../../operation/ranked.ts";
import { callLayer } from "../runtime/layerCall.ts";
import { flatTensors } from "../runtime/parts.ts";
import { nodeOf, recordOf } from "../runtime/records.ts";
import { innerLayers } from "../runtime/tracking.ts";
import { isOwnCode } from "../runtime/userLayer.ts";
import type { Training } from "../training/meeting.ts";
import { besides } from "./related.ts";
import { said } from "./setArgument.ts";

/**
 * A model with code of the program's own, once more on the first batch as long as it is: a reshape, a product or a sum
 * may go through for any number of rows, and be refused for those that there are; or what comes out is not a row for
 * each sample. Says whether it goes through. Nothing of the run stays but its first fault.
 */
export function checkFirstBatch(training: Training, given: Value): boolean {
  const { m, model, batch, data, outputs: met } = training;
  // What was only meant has had its fault, and would have it again.
  if (typeof batch !== "number" || [...data, ...met].some((it) => it.assumed) || !hasOwnCode(m, model)) return true;
  const { state, note } = m;
  m.quiet++;
  try {
    return m.apart(
      (own) => {
        const outputs = flatTensors(m, callLayer(m, model, positional(given))) ?? [];
        const uneven = firstError(own) === undefined ? otherRows(training, batch, outputs) : undefined;
        if (uneven !== undefined) m.report(uneven);
        return firstError(own) === undefined;
      },
      (outer, own) => {
        const error = firstError(own);
        own.backTo([0, own.mark[1]]);
        if (error !== undefined) own.seen.push(error);
        outer.observe(own);
      },
    );
  } finally {
    m.quiet--;
    Object.assign(m, { state, note });
  }
}
const firstError = ({ seen }: Pick<Deeds, "seen">): Observation | undefined =>
  observations(seen).find((it) => it.kind === "fault" && it.fault.severity === "error");

/** Something in it runs Python of the program's own, which may make of the batch what it will. */
function hasOwnCode(m: Machine, self: Instance): boolean {
  const layers = [self, ...innerLayers(m, self)];
  const nodes = layers.flatMap((it) => {
    const model = recordOf(m, it)?.model;
    return model?.kind === "functional" ? model.nodes : [];
  });
  return (
    layers.some((it) => isOwnCode(m, it)) ||
    nodes.some((id) => {
      const operation = nodeOf(m, id)?.operation;
      return (
        operation?.kind === "operation" ||
        (operation?.kind === "layer" && (isOwnCode(m, operation.layer) || joinedBy(m, operation.layer) !== undefined))
      );
    })
  );
}

/** The axis of a layer that puts one batch behind the other. */
function joinedBy(m: Machine, layer: Instance): Arg | undefined {
  const { declared, args } = recordOf(m, layer) ?? {};
  const axis = declared === "Concatenate" ? args?.["axis"] : undefined;
  return axis?.value.kind === "int" && axis.value.size === 0 ? axis : undefined;
}

/** A loss of Keras's own holds a row of the outputs against each label. */
function otherRows(training: Training, batch: number, outputs: readonly TensorValue[]): Fault | undefined {
  const { m, record, labels } = training;
  const loss = record.compiled?.args["loss"]?.value;
  const isKeras = loss?.kind === "str" || (loss?.kind === "instance" && loss.class.members !== undefined);
  const [label, output] = [labels[0], outputs[0]];
  if (!isKeras || labels.length !== 1 || outputs.length !== 1 || !isRanked(label) || !isRanked(output))
    return undefined;
  const { shape } = output;
  if (output.assumed || label.assumed || Math.abs(shape.rank - label.shape.rank) > 1 || shape.rank === 0)
    return undefined;
  // A single row is stretched over all labels, and a single label over all rows.
  if (batch === 1 || !provablyDifferent(shape.batch, batch) || shape.batch === 1) return undefined;
  const [axis] = innerLayers(m, training.model).flatMap((it) => joinedBy(m, it) ?? []);
  const place = axis?.place ?? whereRowsChange(training, output, batch) ?? m.here;
  const rows = `${batch} samples come out as ${printDim(shape.batch)} rows, ${printShape(shape)}`;
  return {
    code: "label-shape",
    severity: "error",
    place,
    message: `${rows}, and the labels are ${printShape(label.shape)}: the loss wants a row for each sample`,
    related: besides(place, [{ place: m.here, message: "Keras raises here" }]),
    repairs: axis?.place === undefined ? [] : alongLast(axis, axis.place),
  };
}

function alongLast(axis: Arg, place: Place): readonly Repair[] {
  const text = said(axis, "axis", "-1");
  return [{ title: `${text}: side by side`, preferred: true, edits: [{ place, text }] }];
}

/** What the program did on the way to the outputs that made other rows of a batch. */
function whereRowsChange({ m, model }: Training, output: TensorValue, batch: number): Place | undefined {
  const layers = innerLayers(m, model).flatMap((it) => recordOf(m, it) ?? []);
  for (let id: number | undefined = output.id, i = 0; id !== undefined && i < FAR; i++) {
    const step: Partial<Step> | undefined = m.slot<Partial<Step>>(id);
    const from: Ranked | undefined = step?.type === undefined ? undefined : step.inputs?.find(isRanked);
    if (from !== undefined && from.shape.rank > 0 && provablyEqual(from.shape.batch, batch)) return step?.place;
    id = from?.id ?? layers.find(({ gave }) => gave === id)?.took;
  }
  return undefined;
}
/** How far back that is looked for. */
const FAR = 100;
