import { callMethod } from "../../interpreter/calls.ts";
import { instantiate } from "../../interpreter/classes.ts";
import { iterate } from "../../interpreter/iterate.ts";
import { int, positional, unknown, type Value } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { hasRank, Shape } from "../../tensor/shape.ts";
import { type Call, fn, method } from "../operation/call.ts";
import { estimator, fieldOf, setField } from "./estimator.ts";
import { array, columnsOf, doubtOf, dtypeOfOperand, nothing, operand, rowsOf } from "./tables.ts";

/** Estimators that predict, chains of transformers, and what is measured. */

const LABELS = "%labels";

/** What it was fitted to decides what its predictions are. */
function fitTo(c: Call, self: Value): Value {
  const [x, y] = [operand(c.m, c.value("X")), operand(c.m, c.value("y"))];
  setField(c.m, self, "n_features_in_", int(columnsOf(x, doubtOf(c.value("X"), "what it is fitted to"))));
  if (y !== undefined && hasRank(y.shape)) setField(c.m, self, LABELS, array(c.m, y.shape, dtypeOfOperand(y)));
  return self;
}
/** One prediction a row, of the labels' further axes; a classifier's have the labels' type. */
function predict(kind: "class" | "number" | "cluster") {
  return (c: Call, self: Value): Value => {
    const x = operand(c.m, c.value("X"));
    if (x === undefined) return nothing(doubtOf(c.value("X"), "what it predicts for"));
    const rows = rowsOf(x, "");
    if (kind === "cluster") return array(c.m, [rows], "int32");
    const labels = fieldOf(c.m, self, LABELS);
    if (labels?.kind !== "tensor" || !hasRank(labels.shape)) return array(c.m, unknownRows(rows), undefined);
    const dtype = kind === "class" ? labels.dtype : "float64";
    return array(c.m, new Shape([rows, ...labels.shape.dims.slice(1)]), dtype);
  };
}
const unknownRows = (rows: Dim): Shape => new Shape([rows]);

const CLASSES = unknownDim("how many classes there are is known when it runs");
const probabilities = (c: Call, self: Value): Value => {
  const x = operand(c.m, c.value("X"));
  if (x === undefined) return nothing(doubtOf(c.value("X"), "what it predicts for"));
  const labels = fieldOf(c.m, self, LABELS);
  const values = labels?.kind === "tensor" ? labels.facts?.values : undefined;
  return array(c.m, [rowsOf(x, ""), values === undefined ? CLASSES : new Set(values).size], "float64");
};

const score = (): Value => unknown("what it measures is known when it runs", "float");
const common = (name: string, kind: "class" | "number" | "cluster"): Readonly<Record<string, Value>> => ({
  fit: method(`${name}.fit`, "X, y=None, **more", fitTo),
  predict: method(`${name}.predict`, "X, **more", predict(kind)),
  fit_predict: method(`${name}.fit_predict`, "X, y=None, **more", (c, self) => {
    fitTo(c, self);
    return predict(kind)(c, self);
  }),
  score: method(`${name}.score`, "X, y=None, **more", score),
  ...(kind === "class" && { predict_proba: method(`${name}.predict_proba`, "X, **more", probabilities) }),
});
const several = (module: string, kind: "class" | "number" | "cluster", names: string) =>
  names.split(" ").map((name): readonly [string, Value] => {
    const full = `sklearn.${module}.${name}`;
    return [full, estimator(full, "", common(name, kind))];
  });

// ---- clusters

const kMeans = estimator("sklearn.cluster.KMeans", "n_clusters=8", {
  ...common("KMeans", "cluster"),
  fit: method("KMeans.fit", "X, y=None, **more", (c, self) => {
    fitTo(c, self);
    const x = operand(c.m, c.value("X"));
    const clusters = fieldOf(c.m, self, "n_clusters");
    const count = clusters === undefined ? 8 : clusters.kind === "int" ? clusters.size : unknownDim("n_clusters");
    setField(c.m, self, "labels_", array(c.m, [rowsOf(x, "how many rows")], "int32"));
    setField(c.m, self, "cluster_centers_", array(c.m, [count, columnsOf(x, "the columns")], "float64"));
    return self;
  }),
});

// ---- chains

/** `Pipeline([("name", step), …])`: one after the other. */
function chained(c: Call, self: Value, last: string): Value {
  let x = c.value("X");
  const steps = stepsOf(c, self);
  if (steps === undefined) return unknown("the steps of the pipeline are not known");
  for (const [i, step] of steps.entries()) {
    const name = i < steps.length - 1 || last === "fit_transform" ? "fit_transform" : last;
    if (step.kind === "str" || step.kind === "none") continue;
    const more = name === "fit" && c.has("y") ? [c.value("y")] : [];
    const used = last === "transform" || last === "predict" ? (i < steps.length - 1 ? "transform" : last) : name;
    x = callMethod(c.m, step, used, positional(x, ...more)) ?? unknown("a step that is not followed");
  }
  return last === "fit" ? self : x;
}
function stepsOf(c: Call, self: Value): readonly Value[] | undefined {
  const steps = fieldOf(c.m, self, "steps");
  const { items, rest } =
    steps?.kind === "list" || steps?.kind === "tuple" ? iterate(c.m, steps) : { items: [], rest: true };
  if (rest !== undefined) return undefined;
  return items.map((it) => (it.kind === "tuple" ? (it.items[1] ?? it) : it));
}
const pipeline = estimator(
  "sklearn.pipeline.Pipeline",
  "steps",
  Object.fromEntries(
    ["fit", "transform", "fit_transform", "predict"].map((name) => [
      name,
      method(`Pipeline.${name}`, "X, y=None, **more", (c, self) => chained(c, self, name)),
    ]),
  ),
);
const makePipeline = fn("sklearn.pipeline.make_pipeline", "*steps, **more", (c) => {
  const steps = c.value("steps");
  return instantiate(c.m, pipeline, positional(steps));
});

const transformerOnly = (name: string): readonly [string, Value] => [
  name,
  estimator(name, "", {
    fit: method(`${name}.fit`, "X, y=None, **more", (_, self) => self),
    ...Object.fromEntries(
      ["transform", "fit_transform"].map((it) => [
        it,
        method(`${name}.${it}`, "X, y=None, **more", (c) => {
          const x = operand(c.m, c.value("X"));
          const columns = unknownDim(
            `how many columns ${name.slice(name.lastIndexOf(".") + 1)} makes is known when it runs`,
          );
          return array(c.m, [rowsOf(x, doubtOf(c.value("X"), "what it transforms")), columns], undefined);
        }),
      ]),
    ),
  }),
];
/** Words of texts: one row a text, as many columns as words, or as `max_features` at most. */
const vectorizer = (name: string, dtype: "int64" | "float64"): readonly [string, Value] => {
  const full = `sklearn.feature_extraction.text.${name}`;
  const rule = (c: Call): Value => {
    const texts = operand(c.m, c.value("X"));
    const columns = unknownDim("how many words the texts have is known when it runs");
    return array(c.m, [rowsOf(texts, doubtOf(c.value("X"), "the texts")), columns], dtype);
  };
  const members = {
    fit: method(`${name}.fit`, "X, y=None", (_, self) => self),
    transform: method(`${name}.transform`, "X", rule),
    fit_transform: method(`${name}.fit_transform`, "X, y=None", rule),
  };
  return [full, estimator(full, "*", members)];
};

const SCALARS =
  "accuracy_score f1_score precision_score recall_score roc_auc_score mean_squared_error mean_absolute_error " +
  "r2_score " +
  "root_mean_squared_error log_loss cohen_kappa_score matthews_corrcoef balanced_accuracy_score auc " +
  "mean_squared_log_error mean_absolute_percentage_error explained_variance_score average_precision_score " +
  "silhouette_score hamming_loss jaccard_score median_absolute_error top_k_accuracy_score";
const measure = (name: string): readonly [string, Value] => [
  `sklearn.metrics.${name}`,
  fn(`sklearn.metrics.${name}`, "*given, **more", score),
];

export const MODELS: readonly (readonly [string, Value])[] = [
  ...several("linear_model", "class", "LogisticRegression SGDClassifier Perceptron RidgeClassifier"),
  ...several("linear_model", "number", "LinearRegression Ridge Lasso ElasticNet SGDRegressor BayesianRidge"),
  ...several("svm", "class", "SVC LinearSVC NuSVC"),
  ...several("svm", "number", "SVR LinearSVR"),
  ...several("neighbors", "class", "KNeighborsClassifier"),
  ...several("neighbors", "number", "KNeighborsRegressor"),
  ...several("tree", "class", "DecisionTreeClassifier"),
  ...several("tree", "number", "DecisionTreeRegressor"),
  ...several("ensemble", "class", "RandomForestClassifier GradientBoostingClassifier AdaBoostClassifier"),
  ...several("ensemble", "number", "RandomForestRegressor GradientBoostingRegressor"),
  ...several("naive_bayes", "class", "GaussianNB MultinomialNB BernoulliNB"),
  ...several("neural_network", "class", "MLPClassifier"),
  ...several("neural_network", "number", "MLPRegressor"),
  ["sklearn.cluster.KMeans", kMeans],
  ["sklearn.pipeline.Pipeline", pipeline],
  ["sklearn.pipeline.make_pipeline", makePipeline],
  transformerOnly("sklearn.compose.ColumnTransformer"),
  transformerOnly("sklearn.pipeline.FeatureUnion"),
  transformerOnly("sklearn.feature_selection.SelectKBest"),
  transformerOnly("sklearn.preprocessing.KBinsDiscretizer"),
  [
    "sklearn.compose.make_column_transformer",
    fn("make_column_transformer", "*given, **more", () => unknown("a chain of transformers of columns")),
  ],
  vectorizer("CountVectorizer", "int64"),
  vectorizer("TfidfVectorizer", "float64"),
  ...SCALARS.split(" ").map(measure),
  [
    "sklearn.metrics.classification_report",
    fn("classification_report", "*given, **more", () => unknown("a report", "str")),
  ],
];
