import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { className } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
import { said, setArgument } from "../setArgument.ts";
import { changedLoss } from "./encoding.ts";
import type { Cause } from "./fault.ts";
import { type ActivationAt, activationAt } from "./lastLayer.ts";

/** What the last activation gives, beside what the loss reads: probabilities, or any number (logits). */

const CROSSENTROPIES = new Set(["categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy"]);
/** Activations whose values are not probabilities. */
const UNBOUNDED = new Set(["linear", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "swish", "softplus", "tanh"]);

/** `softmax-axis`: softmax over one value is 1, whatever the value. */
export function softmaxOfOne(meeting: Meeting): Cause | undefined {
  const at = activationAt(meeting);
  if (at?.name !== "softmax" || meeting.output.shape.last !== 1) return undefined;
  return {
    code: "softmax-axis",
    place: at.arg?.place ?? at.record.place,
    message: `${at.record.name} takes the softmax over one value, which is 1 whatever the input: nothing is learned`,
    repairs: forTwo(meeting, activationRepair(at, "sigmoid")),
  };
}

/** A loss over the scores of classes has no more use for one of them than the softmax. */
function forTwo({ loss }: Meeting, repairs: readonly Repair[]): readonly Repair[] {
  const [change] = loss?.name.endsWith("categorical_crossentropy") ? changedLoss(loss, "binary_crossentropy") : [];
  if (change === undefined) return repairs;
  return repairs.map((it) => ({ ...it, title: `${it.title}, ${change.title}`, edits: [...it.edits, ...change.edits] }));
}

/** `loss-activation`: the loss reads probabilities where there are none, or logits where there are probabilities. */
export function lossActivation(meeting: Meeting): Cause | undefined {
  const { loss } = meeting;
  const at = activationAt(meeting);
  if (loss === undefined || at === undefined || !CROSSENTROPIES.has(loss.name)) return undefined;
  const fitting = loss.name === "binary_crossentropy" ? "sigmoid" : "softmax";
  if (loss.fromLogits === false && UNBOUNDED.has(at.name))
    return {
      code: "loss-activation",
      // Where the preferred repair is.
      place: at.name === "linear" && fitting === "softmax" ? loss.arg.place : (at.arg?.place ?? at.record.place),
      message:
        at.name === "linear"
          ? `${loss.name} reads probabilities, and ${at.record.name} has no activation: ` +
            (fitting === "softmax" ? "say from_logits=True" : `${fitting}, or from_logits=True`)
          : `${loss.name} reads probabilities, and ${at.name} of ${at.record.name} gives none`,
      repairs:
        at.name === "linear"
          ? loss.name === "binary_crossentropy"
            ? // A threshold of one half, as accuracy has it, is one of probabilities.
              [...activationRepair(at, fitting), ...fromLogits(meeting).map((it) => ({ ...it, preferred: false }))]
            : [...fromLogits(meeting), ...activationRepair(at, fitting, false)]
          : activationRepair(at, fitting),
    };
  if (loss.fromLogits === true && (at.name === "softmax" || at.name === "sigmoid"))
    return {
      code: "loss-activation",
      place: loss.arg.place,
      message: `${loss.name} reads logits (from_logits=True), and ${at.record.name} gives probabilities: ${at.name}`,
      repairs: withoutLogits(meeting),
    };
  return undefined;
}

function activationRepair({ record, arg }: ActivationAt, name: string, preferred = true): readonly Repair[] {
  if (arg?.place === undefined && (record.declared === "Activation" || record.declared === "Softmax")) return [];
  const edits = [setArgument(record, "activation", `"${name}"`)];
  return [{ title: `activation="${name}"`, preferred, edits }];
}

/** `keras.losses.BinaryCrossentropy(from_logits=True)` for the loss's name; an instance gets the argument. */
function fromLogits({ loss }: Meeting): readonly Repair[] {
  const place = loss?.arg.place;
  if (loss === undefined || place === undefined) return [];
  const title = "from_logits=True";
  if (loss.value.kind !== "str" || loss.arg.node?.kind === "Dict" || loss.arg.node?.kind === "List") return [];
  const text = said(loss.arg, "loss", `… losses.${className(loss.name)}(from_logits=True)`);
  const edit: PlacedEdit = { place, text, form: "spell" };
  return [{ title, preferred: true, edits: [edit] }];
}

function withoutLogits({ loss }: Meeting): readonly Repair[] {
  const place = loss?.arg.place;
  if (loss?.arg.node?.kind !== "Call" || place === undefined) return [];
  const edit: PlacedEdit = { place, text: "from_logits", form: "no argument" };
  return [{ title: "Without from_logits", preferred: true, edits: [edit] }];
}
