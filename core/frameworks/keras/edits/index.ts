import type { TextEdit } from "../../../interpreter/framework.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Span } from "../../../text/span.ts";
import {
  asKeyword,
  beforeArguments,
  behindFirst,
  dropArgument,
  setArgument,
  setParameter,
  setSecond,
} from "./argument.ts";
import {
  beforeValues,
  behindName,
  columns,
  everyRow,
  inOrder,
  listIn,
  operand,
  operandBehind,
  popped,
  reshape,
  sameIndex,
  shapeAxis,
  sizes,
  unbatched,
  weightColumn,
  weightRows,
  weightTurned,
  withoutLastIndex,
} from "./arrays.ts";
import { butTheLast } from "./butTheLast.ts";
import { kept } from "./kept.ts";
import {
  aroundInput,
  aroundItem,
  inputBefore,
  lastStep,
  layerAfter,
  layerBefore,
  otherItem,
  withoutLayer,
} from "./layerBefore.ts";
import { moved } from "./moved.ts";
import { aroundOperand, turnedOperand } from "./operands.ts";
import {
  aroundFirst,
  asTuple,
  behind,
  behindItems,
  inCall,
  lineBefore,
  ofOneAxis,
  renamed,
  reorder,
  respelled,
  spelled,
} from "./rewrite.ts";
import type { Source } from "./source.ts";
import { unpackAll } from "./states.ts";
import { unwrapped, wrap } from "./unwrap.ts";

/** The forms of edits whose text depends on the source; a rule names one, and what it needs, in `PlacedEdit`. */
const FORMS = {
  "layer before": layerBefore,
  "layer after": layerAfter,
  "input before": inputBefore,
  "no layer": withoutLayer,
  "around input": aroundInput,
  "around item": aroundItem,
  "around operand": aroundOperand,
  item: otherItem,
  "last step": lastStep,
  unwrap: unwrapped,
  wrap,
  argument: setArgument,
  "second argument": setSecond,
  "before arguments": beforeArguments,
  "behind first": behindFirst,
  "no argument": dropArgument,
  "call argument": setParameter,
  "as keyword": asKeyword,
  respell: respelled,
  rename: renamed,
  spell: spelled,
  "in call": inCall,
  behind,
  reorder,
  reshape,
  sizes,
  operand,
  "operand behind": operandBehind,
  "turned operand": turnedOperand,
  "list in": listIn,
  "unpack in order": inOrder,
  "unpack all": unpackAll,
  "same index": sameIndex,
  "every row": everyRow,
  "as tuple": asTuple,
  "around first": aroundFirst,
  "of one axis": ofOneAxis,
  "behind items": behindItems,
  "no batch": unbatched,
  "shape axis": shapeAxis,
  columns,
  "before values": beforeValues,
  "behind name": behindName,
  popped,
  "line before": lineBefore,
  kept,
  moved,
  "but the last": butTheLast,
  "weight column": weightColumn,
  "weight rows": weightRows,
  "weight turned": weightTurned,
  "no last index": withoutLastIndex,
} as const;
type Form = keyof typeof FORMS;
const isForm = (form: string | undefined): form is Form => form !== undefined && form in FORMS;

/** What an edit of Keras's own forms means in the text as it stands; undefined where the text is of another form. */
export const expandEdit = (edit: PlacedEdit, span: Span, source: Source): readonly TextEdit[] | undefined =>
  isForm(edit.form) ? FORMS[edit.form](edit, span, source) : undefined;
