import type { Fault, Repair } from "../../../../interpreter/record.ts";
import type { Place } from "../../../../interpreter/values.ts";
import { printShape } from "../../../../tensor/shape.ts";
import type { Meeting } from "../../training/meeting.ts";
import { besides } from "../related.ts";

export interface Cause {
  readonly code: string;
  /** Where a person would make the change; the call where it is not known. */
  readonly place: Place | undefined;
  readonly message: string;
  readonly repairs: readonly Repair[];
  /** What is not said beside it, as it is the same fault. */
  readonly explains?: Fault["explains"];
}

/** A finding at its cause; the call that crashes and what made the labels are related. */
export function faultOf(meeting: Meeting, severity: "error" | "warning", cause: Cause): Fault {
  const place = cause.place ?? meeting.place;
  const { label, output } = meeting;
  const said = severity === "error" ? "Keras raises here" : "they meet here";
  const all = [
    {
      place: meeting.place,
      message: `${said}: labels ${printShape(label.shape)}, output ${printShape(output.shape)}`,
    },
    ...(label.origin === undefined ? [] : [{ place: label.origin, message: "the labels come from here" }]),
  ];
  const { code, message, repairs, explains } = cause;
  return { code, severity, place, message, related: besides(place, all), repairs, explains };
}

/** What the labels and the model are, for the beginning of a message. */
export const bothShapes = ({ label, output }: Meeting): string =>
  `The labels are ${printShape(label.shape)} and the model yields ${printShape(output.shape)}`;
