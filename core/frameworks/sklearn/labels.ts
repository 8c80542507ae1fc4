import { itemsOf, listOf } from "../../interpreter/containers.ts";
import { countOf } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { int, unknown, type Value } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { hasRank } from "../../tensor/shape.ts";
import { type Call, fn, method } from "../operation/call.ts";
import { kindsIn } from "../operation/facts.ts";
import { estimator, fieldOf, setField } from "./estimator.ts";
import { array, doubtOf, nothing, operand, rowsOf } from "./tables.ts";

/** Labels: numbers for names, one-hot rows for numbers. */

const CLASSES = "%classes";
const UNSEEN = "how many classes there are is known when it runs";

/** How many different labels there are, where all of them are there to be seen. */
function classesIn(m: Machine, value: Value): Dim {
  const { values, range, shape } = operand(m, value) ?? {};
  if (value.kind === "tensor" && value.facts?.kinds !== undefined) return value.facts.kinds;
  if (values !== undefined) return new Set(values).size;
  const kinds = range === undefined || shape === undefined ? undefined : kindsIn(shape, range);
  if (kinds !== undefined) return kinds;
  const { items, rest } = value.kind === "list" ? listOf(m, value) : { items: [], rest: undefined };
  const names = items.flatMap((it) => (it.kind === "str" ? [it.value] : []));
  return rest === undefined && names.length > 0 && names.length === items.length
    ? new Set(names).size
    : unknownDim(UNSEEN);
}
function learnt(c: Call, self: Value): Value {
  setField(c.m, self, CLASSES, int(classesIn(c.m, c.value("y"))));
  return self;
}
const classesOf = (m: Machine, self: Value): Dim => {
  const known = fieldOf(m, self, CLASSES);
  return known?.kind === "int" ? known.size : unknownDim(UNSEEN);
};

/** One number for each label. Where all that were learnt are there, each number is. */
function numbers(c: Call, self: Value, areLearnt = false): Value {
  const y = operand(c.m, c.value("y"));
  if (y === undefined) return nothing(doubtOf(c.value("y"), "the labels"));
  const classes = classesOf(c.m, self);
  if (typeof classes !== "number") return array(c.m, [rowsOf(y, "")], "int64");
  const kinds = areLearnt || y.kinds === classes ? classes : undefined;
  return array(c.m, [rowsOf(y, "")], "int64", { range: [0, classes - 1], kinds });
}
const back = (c: Call): Value => {
  const y = operand(c.m, c.value("y"));
  return y === undefined ? nothing(doubtOf(c.value("y"), "the numbers")) : array(c.m, [rowsOf(y, "")], undefined);
};

/** One column for each class; of two classes one column in all. */
function binarised(m: Machine, y: Value, classes: Dim): Value {
  const read = operand(m, y);
  if (read === undefined || !hasRank(read.shape)) return nothing(doubtOf(y, "the labels"));
  const columns = typeof classes === "number" ? (classes <= 2 ? 1 : classes) : classes;
  return array(m, [rowsOf(read, ""), columns], "int64", columns === 1 ? undefined : { encoding: "one-hot" });
}
/** The classes of a list that is said. */
const saidClasses = (c: Call, name: string): Dim =>
  c.has(name) ? rowsOf(operand(c.m, c.value(name)), UNSEEN) : classesIn(c.m, c.value("y"));

const encoder = estimator("sklearn.preprocessing.LabelEncoder", "", {
  fit: method("LabelEncoder.fit", "y", learnt),
  transform: method("LabelEncoder.transform", "y", (c, self) => numbers(c, self)),
  fit_transform: method("LabelEncoder.fit_transform", "y", (c, self) => {
    learnt(c, self);
    return numbers(c, self, true);
  }),
  inverse_transform: method("LabelEncoder.inverse_transform", "y", back),
  classes_: {
    kind: "property",
    get: method("LabelEncoder.classes_", "", (c, self) => array(c.m, [classesOf(c.m, self)], undefined)),
  },
});

const binarizer = (name: string): Value =>
  estimator(`sklearn.preprocessing.${name}`, "", {
    fit: method(`${name}.fit`, "y", learnt),
    transform: method(`${name}.transform`, "y", (c, self) => binarised(c.m, c.value("y"), classesOf(c.m, self))),
    fit_transform: method(`${name}.fit_transform`, "y", (c, self) => {
      learnt(c, self);
      return binarised(c.m, c.value("y"), classesOf(c.m, self));
    }),
    inverse_transform: method(`${name}.inverse_transform`, "y", back),
    classes_: {
      kind: "property",
      get: method(`${name}.classes_`, "", (c, self) => array(c.m, [classesOf(c.m, self)], undefined)),
    },
  });

/** How many different labels several lists of them have, where all of them are there to be seen. */
function classesInLists(m: Machine, value: Value): Dim {
  const names = itemsOf(m, value)?.flatMap((it): readonly (Value | undefined)[] => itemsOf(m, it) ?? [undefined]) ?? [];
  const known = names.flatMap((it) => (it?.kind === "str" ? [it.value] : []));
  return known.length > 0 && known.length === names.length ? new Set(known).size : unknownDim(UNSEEN);
}
function learntOfLists(c: Call, self: Value): Value {
  const said = fieldOf(c.m, self, "classes");
  const isSaid = said !== undefined && said.kind !== "none";
  const classes = isSaid ? rowsOf(operand(c.m, said), UNSEEN) : classesInLists(c.m, c.value("y"));
  setField(c.m, self, CLASSES, int(classes));
  return self;
}
/** A column of zeros and ones for each class, also where there are two. */
function columnsOfEach(c: Call, self: Value): Value {
  const y = c.value("y");
  const rows = y.kind === "list" ? countOf(listOf(c.m, y)) : undefined;
  return array(c.m, [rows ?? rowsOf(operand(c.m, y), "how many labels there are"), classesOf(c.m, self)], "int64");
}
const ofLists = estimator("sklearn.preprocessing.MultiLabelBinarizer", "*, classes=None, sparse_output=False", {
  fit: method("MultiLabelBinarizer.fit", "y", learntOfLists),
  transform: method("MultiLabelBinarizer.transform", "y", columnsOfEach),
  fit_transform: method("MultiLabelBinarizer.fit_transform", "y", (c, self) => {
    learntOfLists(c, self);
    return columnsOfEach(c, self);
  }),
  inverse_transform: method("MultiLabelBinarizer.inverse_transform", "yt", () => unknown("labels", "list")),
  classes_: {
    kind: "property",
    get: method("MultiLabelBinarizer.classes_", "", (c, self) => array(c.m, [classesOf(c.m, self)], undefined)),
  },
});

export const LABELS: readonly (readonly [string, Value])[] = [
  ["sklearn.preprocessing.LabelEncoder", encoder],
  ["sklearn.preprocessing.LabelBinarizer", binarizer("LabelBinarizer")],
  ["sklearn.preprocessing.MultiLabelBinarizer", ofLists],
  [
    "sklearn.preprocessing.label_binarize",
    fn("sklearn.preprocessing.label_binarize", "y, *, classes", (c) =>
      binarised(c.m, c.value("y"), saidClasses(c, "classes")),
    ),
  ],
  [
    "sklearn.utils.class_weight.compute_class_weight",
    fn("sklearn.utils.class_weight.compute_class_weight", "class_weight, *, classes, y", (c) =>
      array(c.m, [saidClasses(c, "classes")], "float64"),
    ),
  ],
  [
    "sklearn.utils.class_weight.compute_sample_weight",
    fn("sklearn.utils.class_weight.compute_sample_weight", "class_weight, y", (c) =>
      array(c.m, [rowsOf(operand(c.m, c.value("y")), "how many labels there are")], "float64"),
    ),
  ],
];
