import { listOf } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { int, numberOf, type Value } from "../../interpreter/values.ts";
import {
  type Dim,
  minimum,
  plus,
  printDim,
  provablyDifferent,
  provablyEqual,
  unknown as unknownDim,
} from "../../tensor/dim.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import { hasRank, printShape } from "../../tensor/shape.ts";
import { type Call, fn, method } from "../operation/call.ts";
import { kindsIn } from "../operation/facts.ts";
import { remember } from "../operation/history.ts";
import type { Operand } from "../operation/operand.ts";
import { estimator, fieldOf, setField } from "./estimator.ts";
import { array, columnsOf, doubtOf, dtypeOfOperand, nothing, operand, refuse, rowsOf } from "./tables.ts";

/** `sklearn.preprocessing`, `decomposition` and the like: a table in, a table of as many rows out. */

/** Floats keep their type, anything else becomes float64. */
export const floated = (it: Operand): DType | undefined => {
  const dtype = dtypeOfOperand(it);
  return dtype === undefined ? undefined : isFloat(dtype) ? dtype : "float64";
};

/** How many columns come out; undefined where the rule cannot say. */
export type Columns = (m: Machine, self: Value, given: Dim, x: Operand) => Dim;
export interface Transformer {
  readonly name: string;
  readonly signature: string;
  readonly columns: Columns;
  /** A table without columns, that is of one axis, raises. */
  readonly anyRank?: boolean | undefined;
  readonly dtype?: ((it: Operand) => DType | undefined) | undefined;
  readonly found?: ((c: Call, self: Value, x: Operand) => void) | undefined;
}
const WIDTH = "n_features_in_";

const short = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** The table that a method is given; undefined where it is not known, or refused. */
function given(c: Call, { name, anyRank }: Transformer, self: Value, fits: boolean): Operand | undefined {
  const x = operand(c.m, c.value("X"));
  if (x === undefined || !hasRank(x.shape) || anyRank === true) return x;
  if (x.shape.rank !== 2 && x.shape.rank < 3) {
    const text = `${short(name)} expects a table, (rows, columns), and this is ${printShape(x.shape)}`;
    const [place, value] = [c.place("X"), c.value("X")];
    const learnt = fits ? undefined : fieldOf(c.m, self, WIDTH);
    if (learnt?.kind === "int" && provablyEqual(learnt.size, x.shape.batch) && x.tensor?.origin !== undefined) {
      const edits = [{ place: x.tensor.origin, text: ".reshape(1, -1)", form: "behind" }];
      const row = { title: "One row: reshape(1, -1)", preferred: true, edits };
      refuse(c.m, "bad-argument", `${text}: reshape(1, -1) makes one row of it`, [row], x.tensor.origin);
      return undefined;
    }
    const isColumn = value.kind === "tensor" && value.family.name === "SERIES";
    const column = `${isColumn ? ".values" : ""}.reshape(-1, 1)`;
    const edits = place === undefined ? [] : [{ place, text: column, form: "behind" }];
    const repairs = edits.length > 0 && value.kind === "tensor" ? [{ title: column, preferred: true, edits }] : [];
    refuse(c.m, "bad-argument", `${text}: reshape(-1, 1) makes one column, reshape(1, -1) one row`, repairs);
    return undefined;
  }
  if (x.shape.rank > 2) {
    const text = `${short(name)} expects a table, (rows, columns), and this is ${printShape(x.shape)}`;
    refuse(c.m, "bad-argument", text);
    return undefined;
  }
  const wanted = fits ? undefined : fieldOf(c.m, self, WIDTH);
  if (wanted?.kind === "int" && provablyDifferent(wanted.size, x.shape.at(1))) {
    const text = `${short(name)} was fitted to ${printDim(wanted.size)} columns, and this is ${printShape(x.shape)}`;
    refuse(c.m, "incompatible-shapes", text);
    return undefined;
  }
  return x;
}

function fitted(c: Call, it: Transformer, self: Value): Operand | undefined {
  const x = given(c, it, self, true);
  setField(c.m, self, WIDTH, int(columnsOf(x, doubtOf(c.value("X"), "what it is fitted to"))));
  if (x !== undefined) it.found?.(c, self, x);
  return x;
}
function transformed(c: Call, it: Transformer, self: Value, x: Operand | undefined): Value {
  if (x === undefined || !hasRank(x.shape)) return nothing(doubtOf(c.value("X"), "what it transforms"));
  const rows = rowsOf(x, "");
  const width = it.columns(c.m, self, columnsOf(x, "no table"), x);
  const made = array(c.m, it.anyRank === true ? x.shape : [rows, width], (it.dtype ?? floated)(x));
  if (x.tensor !== undefined) remember(c.m, "Transform", [x.tensor], [made]);
  return made;
}

export function transformer(it: Transformer): readonly [string, Value] {
  const { name } = it;
  const members: Record<string, Value> = {
    fit: method(`${name}.fit`, "X, y=None, **more", (c, self) => {
      fitted(c, it, self);
      return self;
    }),
    partial_fit: method(`${name}.partial_fit`, "X, y=None, **more", (c, self) => {
      fitted(c, it, self);
      return self;
    }),
    fit_transform: method(`${name}.fit_transform`, "X, y=None, **more", (c, self) =>
      transformed(c, it, self, fitted(c, it, self)),
    ),
    transform: method(`${name}.transform`, "X, **more", (c, self) =>
      transformed(c, it, self, given(c, it, self, false)),
    ),
    inverse_transform: method(`${name}.inverse_transform`, "X, **more", inverse(it)),
  };
  return [name, estimator(name, it.signature, members)];
}
/**
 * Back to the columns that it was fitted to. What a scaler of one column takes back may have any number of them: it is
 * not asked, and its one broadcasts. One of several refuses any other number, as long as it does anything.
 */
const inverse =
  (it: Transformer) =>
  (c: Call, self: Value): Value => {
    const width = fieldOf(c.m, self, WIDTH);
    const isAny = (width?.kind === "int" && width.size === 1) || isIdle(c.m, self);
    const isScaler = it.columns === keeps && it.name.startsWith("sklearn.preprocessing.");
    const x = isScaler ? given(c, it, self, isAny) : operand(c.m, c.value("X"));
    if (x === undefined) return nothing(doubtOf(c.value("X"), "what is transformed back"));
    const fitted = width?.kind === "int" ? width.size : unknownDim("what it was fitted to is not known");
    const columns = it.columns === keeps && fitted === 1 ? columnsOf(x, "no table") : fitted;
    return array(c.m, [rowsOf(x, ""), columns], floated(x));
  };

/** `with_std=False` and its like. */
const isIdle = (m: Machine, self: Value): boolean =>
  ["with_mean", "with_std", "with_centering", "with_scaling"].some((name) => {
    const flag = fieldOf(m, self, name);
    return flag !== undefined && (flag.kind !== "bool" || !flag.value);
  });
const keeps: Columns = (_, __, columns) => columns;
const scaler = (name: string, signature: string): readonly [string, Value] =>
  transformer({ name: `sklearn.preprocessing.${name}`, signature, columns: keeps });

/** `n_components`: a number, or all there are; a share of the variance is known when it runs. */
const components =
  (most: (x: Operand) => Dim): Columns =>
  (m, self, _, x) => {
    const said = fieldOf(m, self, "n_components");
    const kept = fieldOf(m, self, "%components");
    if (kept?.kind === "int") return kept.size;
    if (said === undefined || said.kind === "none") return most(x);
    const number = numberOf(said);
    if (said.kind === "int") return said.size;
    return unknownDim(number === undefined ? doubtOf(said, "n_components") : "as many components as it takes");
  };
const smaller = (x: Operand): Dim => minimum(rowsOf(x, ""), columnsOf(x, ""));
const decomposition = (name: string, most: (x: Operand) => Dim): readonly [string, Value] => {
  const columns = components(most);
  return transformer({
    name: `sklearn.${name}`,
    signature: "n_components=None",
    columns,
    found: (c, self, x) => {
      const count = columns(c.m, self, columnsOf(x, ""), x);
      setField(c.m, self, "%components", int(count));
      setField(c.m, self, "components_", array(c.m, [count, columnsOf(x, "")], floated(x)));
      setField(c.m, self, "explained_variance_ratio_", array(c.m, [count], floated(x)));
    },
  });
};

/** One of several functions that scale at once. */
const scaling = (name: string): readonly [string, Value] => [
  `sklearn.preprocessing.${name}`,
  fn(`sklearn.preprocessing.${name}`, "X, *rest, **more", (c) => {
    const x = operand(c.m, c.value("X"));
    return x === undefined ? nothing(doubtOf(c.value("X"), "what it scales")) : array(c.m, x.shape, floated(x));
  }),
];

/** Columns of powers and products: a binomial coefficient. */
const powers: Columns = (m, self, columns) => {
  const degree = numberOf(fieldOf(m, self, "degree") ?? int(2));
  const only = fieldOf(m, self, "interaction_only");
  const bias = fieldOf(m, self, "include_bias");
  if (degree === undefined || typeof columns !== "number" || (only !== undefined && only.kind !== "bool"))
    return unknownDim("how many products there are is not known");
  if (only?.kind === "bool" && only.value) return unknownDim("how many products there are is not known");
  let count = 1;
  for (let i = 1; i <= degree; i++) count = (count * (columns + i)) / i;
  if (bias === undefined || (bias.kind === "bool" && bias.value)) return count;
  return bias.kind === "bool" ? count - 1 : unknownDim("whether there is a bias");
};

/** The categories that were said, one list a column; or those of one column of integers, where all are seen. */
const oneHot: Columns = (m, self, _, x) => {
  const found = fieldOf(m, self, "%categories");
  if (found?.kind === "int") return found.size;
  const said = fieldOf(m, self, "categories");
  const plain = ["drop", "max_categories", "min_frequency"].every((name) => fieldOf(m, self, name) === undefined);
  const lists = said?.kind === "list" ? listOf(m, said) : undefined;
  if (said === undefined && plain && columnsOf(x, "") === 1) {
    const all = x.values === undefined ? x.kinds : new Set(x.values).size;
    const kinds = all ?? (x.range && kindsIn(x.shape, x.range));
    if (kinds !== undefined) return kinds;
  }
  if (lists === undefined || lists.rest !== undefined || !plain)
    return unknownDim("the categories in the data decide how many columns there are: say categories=[…]");
  const counts = lists.items.map((it) => rowsOf(operand(m, it), "how many categories there are"));
  return counts.reduce(plus, 0);
};

export const TRANSFORMERS: readonly (readonly [string, Value])[] = [
  scaler("StandardScaler", "*, copy=True, with_mean=True, with_std=True"),
  scaler("MinMaxScaler", "feature_range=(0, 1), *, copy=True, clip=False"),
  scaler("RobustScaler", ""),
  scaler("MaxAbsScaler", ""),
  scaler("Normalizer", "norm='l2'"),
  scaler("PowerTransformer", ""),
  scaler("QuantileTransformer", ""),
  scaler("Binarizer", ""),
  transformer({ name: "sklearn.impute.SimpleImputer", signature: "", columns: keeps }),
  transformer({ name: "sklearn.impute.KNNImputer", signature: "", columns: keeps }),
  transformer({
    name: "sklearn.preprocessing.OrdinalEncoder",
    signature: "",
    columns: keeps,
    dtype: () => "float64",
  }),
  transformer({
    name: "sklearn.preprocessing.OneHotEncoder",
    signature: "*, categories='auto', drop=None, sparse_output=True, dtype=None, handle_unknown='error'",
    columns: oneHot,
    found: (c, self, x) => setField(c.m, self, "%categories", int(oneHot(c.m, self, columnsOf(x, ""), x))),
    dtype: () => "float64",
  }),
  transformer({ name: "sklearn.preprocessing.PolynomialFeatures", signature: "degree=2, *", columns: powers }),
  decomposition("decomposition.PCA", smaller),
  decomposition("decomposition.FastICA", smaller),
  decomposition("decomposition.IncrementalPCA", smaller),
  decomposition("decomposition.TruncatedSVD", () => 2),
  decomposition("decomposition.NMF", (x) => columnsOf(x, "")),
  decomposition("manifold.TSNE", () => 2),
  ...["scale", "minmax_scale", "robust_scale", "maxabs_scale", "normalize"].map(scaling),
];
