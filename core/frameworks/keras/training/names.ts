/** The strings that `compile` takes. Source: `ALL_OBJECTS_DICT` of keras.src.losses and keras.src.metrics, 3.15. */

const LOSSES =
  "BCE BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy " +
  "CategoricalHinge Circle CosineSimilarity Dice Hinge Huber KLD KLDivergence LogCosh MAE MAPE MSE MSLE " +
  "MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson " +
  "SparseCategoricalCrossentropy SquaredHinge Tversky bce binary_crossentropy binary_focal_crossentropy " +
  "categorical_crossentropy categorical_focal_crossentropy categorical_hinge circle cosine_similarity ctc dice hinge " +
  "huber kl_divergence kld log_cosh mae mape mean_absolute_error mean_absolute_percentage_error mean_squared_error " +
  "mean_squared_logarithmic_error mse msle poisson sparse_categorical_crossentropy squared_hinge tversky";
const METRICS =
  "AUC Accuracy BCE BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy CategoricalCrossentropy " +
  "CategoricalHinge ConcordanceCorrelation CosineSimilarity F1Score FBetaScore FalseNegatives FalsePositives Hinge " +
  "IoU KLDivergence LogCoshError MAE MAPE MSE MSLE Mean MeanAbsoluteError MeanAbsolutePercentageError MeanIoU " +
  "MeanMetricWrapper MeanSquaredError MeanSquaredLogarithmicError Metric OneHotIoU OneHotMeanIoU PearsonCorrelation " +
  "Poisson Precision PrecisionAtRecall R2Score Recall RecallAtPrecision RootMeanSquaredError " +
  "SensitivityAtSpecificity SparseCategoricalAccuracy SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy " +
  "SpecificityAtSensitivity SquaredHinge Sum TopKCategoricalAccuracy TrueNegatives TruePositives accuracy auc bce " +
  "binary_accuracy binary_crossentropy binary_io_u categorical_accuracy categorical_crossentropy categorical_hinge " +
  "concordance_correlation cosine_similarity f1_score f_beta_score false_negatives false_positives hinge io_u " +
  "kl_divergence log_cosh_error mae mape mean mean_absolute_error mean_absolute_percentage_error mean_io_u " +
  "mean_metric_wrapper mean_squared_error mean_squared_logarithmic_error metric mse msle one_hot_io_u " +
  "one_hot_mean_io_u pearson_correlation poisson precision precision_at_recall r2_score recall recall_at_precision " +
  "root_mean_squared_error sensitivity_at_specificity sparse_categorical_accuracy sparse_categorical_crossentropy " +
  "sparse_top_k_categorical_accuracy specificity_at_sensitivity squared_hinge sum top_k_categorical_accuracy " +
  "true_negatives true_positives";

/** In any case of letters. */
export const OPTIMIZER_NAMES: readonly string[] = (
  "adadelta adafactor adagrad adam adamax adamw ftrl lion lossscaleoptimizer multioptimizer muon nadam optimizer " +
  "optimizermap rmsprop schedulefreeadamw sgd"
).split(" ");
export const LOSS_NAMES: readonly string[] = LOSSES.split(" ");
export const METRIC_NAMES: readonly string[] = METRICS.split(" ");

/** Beside those, in any case of letters: what they stand for is chosen by the shapes. */
const CHOSEN = { loss: ["crossentropy", "ce"], metric: ["accuracy", "acc"] } as const;

export const isKnownName = (kind: "loss" | "metric", name: string): boolean =>
  (kind === "loss" ? LOSS_NAMES : METRIC_NAMES).includes(name) || CHOSEN[kind].some((it) => it === name.toLowerCase());

/** The function that an abbreviation stands for, in any case of letters; undefined for a name in full. */
export const inFull = (name: string): string | undefined => SHORT[name.toLowerCase()];
const SHORT: Readonly<Record<string, string>> = {
  mse: "mean_squared_error",
  mae: "mean_absolute_error",
  mape: "mean_absolute_percentage_error",
  msle: "mean_squared_logarithmic_error",
  bce: "binary_crossentropy",
  kld: "kl_divergence",
};
