import { unknown, type Value } from "../../interpreter/values.ts";
import type { UnknownRank } from "../../tensor/shape.ts";

/** The shape of a tensor of unknown rank, as Python has it: an unknown that keeps in mind whose shape it is. */
export const shapePart = ({ reason, path, before }: UnknownRank): Value =>
  path === undefined || before > 0
    ? unknown(reason)
    : { kind: "unknown", reason, part: { paths: [path], isWhole: true } };
