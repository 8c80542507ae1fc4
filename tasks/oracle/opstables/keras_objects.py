"""Losses, metrics, initializers, activations, random numbers and keras.utils, called with what they may be given."""

LOSSES = """
    MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError Huber LogCosh
    CosineSimilarity Poisson KLDivergence Hinge SquaredHinge CategoricalHinge BinaryCrossentropy BinaryFocalCrossentropy
    CategoricalCrossentropy CategoricalFocalCrossentropy Dice Tversky CategoricalGeneralizedCrossEntropy
""".split()
FUNCTIONS = """
    mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error huber log_cosh
    cosine_similarity poisson kl_divergence hinge squared_hinge categorical_hinge binary_crossentropy
    binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy dice tversky
""".split()
METRICS = """
    MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError RootMeanSquaredError CosineSimilarity Accuracy
    BinaryAccuracy CategoricalAccuracy TopKCategoricalAccuracy BinaryCrossentropy CategoricalCrossentropy AUC Precision
    Recall TruePositives FalseNegatives Hinge KLDivergence Poisson LogCoshError R2Score
    BinaryIoU OneHotMeanIoU ConcordanceCorrelation PearsonCorrelation
""".split()
INITIALIZERS = """
    Zeros Ones RandomNormal RandomUniform TruncatedNormal GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal
    LecunUniform VarianceScaling Orthogonal
""".split()
ACTIVATIONS = """
    celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid log_softmax
    mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax
    squareplus tanh tanh_shrink threshold
""".split()
PAIRS = ["E(4, 3), E(4, 3)", "A(4, 3), E(4, 3)", "E(2, 5, 3), E(2, 5, 3)"]
X = ["K(None, 4)", "E(2, 4)", "K(2, None, 6)", "E(3, 4, dtype='float16')", "E(2, 4, dtype='int32')", "E(4)"]
TEMPLATES = [
    ("keras.losses.%()(%)", LOSSES, PAIRS),
    ("keras.losses.%(reduction=%)(%)", LOSSES[:16], ["'none'", "'sum'", "'mean'", "None"], PAIRS[:2]),
    ("keras.losses.%(%)", FUNCTIONS, PAIRS),
    ("keras.losses.SparseCategoricalCrossentropy(reduction=%)(%, %)", ["'none'", "None", "'sum'"],
     ["A(4, dtype='int32')", "A(4, 1, dtype='int32')"], ["E(4, 3)"]),
    ("keras.losses.sparse_categorical_crossentropy(%, %)", ["A(4, dtype='int32')", "E(2, 5, dtype='int32')"],
     ["E(4, 3)", "E(2, 5, 3)"]),
    ("keras.losses.ctc(%, %)", ["E(2, 4, dtype='int32')"], ["E(2, 9, 5)"]),
    ("keras.losses.circle(%, %)", ["E(4, dtype='int32')"], ["E(4, 3)"]),
    ("keras.metrics.%()(%)", METRICS, ["E(4, 3), E(4, 3)"]),
    ("keras.metrics.%(%)", ["mean_squared_error", "binary_accuracy", "categorical_accuracy",
     "top_k_categorical_accuracy"], PAIRS),
    ("keras.metrics.%(%, %)", ["sparse_categorical_accuracy", "sparse_top_k_categorical_accuracy"], ["E(4)",
     "E(4, 1)"], ["E(4, 7)"]),
    ("keras.metrics.Mean()(%)", ["E(4)", "3.0"]),
    ("keras.initializers.%()(%)", INITIALIZERS, ["(3, 4)", "(2, 3, 4, 5)", "[6, 2]"]),
    ("keras.initializers.%()((3, 4), dtype=%)", INITIALIZERS, ["'float16'", "'float64'"]),
    ("keras.initializers.Constant(%)(%)", ["2.0", "1"], ["(3, 4)", "()"]),
    ("keras.initializers.Identity()(%)", ["(3, 3)", "(3, 4)"]),
    ("keras.activations.%(%)", ACTIVATIONS, X),
    ("keras.activations.softmax(%, axis=%)", X, ["0", "-1", "1", "3"]),
    ("keras.activations.relu(%, %)", X[:3], ["negative_slope=0.1", "max_value=6", "threshold=0.5"]),
    ("keras.activations.glu(%, axis=%)", ["E(2, 4)", "E(3, 4)", "K(None, 4)"], ["0", "1", "-1"]),
    ("keras.activations.get(%)(%)", ["'relu'", "'softmax'", "None", "'gelu'"], X[:2]),
    ("keras.random.%(%)", ["normal", "uniform", "truncated_normal"], ["(2, 3)", "[4]", "()", "shape=(2,)"]),
    ("keras.random.%((2, 3), dtype=%)", ["normal", "uniform", "truncated_normal"], ["'float16'", "'float64'",
     "'int32'"]),
    ("keras.random.randint(%, 0, 10)", ["(2, 3)", "[4]"]),
    ("keras.random.gamma(%, %)", ["(2, 3)", "(4,)"], ["0.5", "alpha=2.0"]),
    ("keras.random.beta(%, %, %)", ["(2, 3)"], ["0.5"], ["0.5"]),
    ("keras.random.binomial(%, %, %)", ["(2, 3)"], ["4.0"], ["0.5"]),
    ("keras.random.categorical(%, %)", ["E(2, 5)", "E(5)", "K(None, 5)"], ["3", "num_samples=1"]),
    ("keras.random.dropout(%, 0.5)", ["E(2, 5)", "K(None, 5)"]),
    ("keras.random.shuffle(%, axis=%)", ["E(2, 5)", "K(None, 5)"], ["OMIT", "1"]),
    ("keras.utils.to_categorical(%, %)", ["[0, 1, 2]", "A(4, dtype='int32')", "A(4, 1, dtype='int32')",
     "E(2, 3, dtype='int32')"], ["4", "num_classes=7"]),
    ("keras.utils.to_categorical(%)", ["[0, 1, 2]", "[[0, 3], [1, 2]]"]),
    ("keras.utils.normalize(%)", ["A(2, 3)", "A(4)", "[[1.0, 2.0]]", "E(2, 3)"]),
    ("keras.utils.pad_sequences(%, maxlen=%)", ["[[1], [2, 3]]", "[[1, 2, 3]]"], ["4", "2", "None"]),
    ("keras.utils.pad_sequences([[1], [2, 3]], dtype=%)", ["'float32'", "'int64'"]),
    ("keras.preprocessing.sequence.pad_sequences([[1], [2, 3]], %)", ["5", "maxlen=3"]),
    ("np.rot90(%, k=%)", ["A(2, 3)", "A(2, 3, 4)", "A(3)"], ["OMIT", "1", "2", "3", "-1"]),
    ("np.rot90(%, axes=%)", ["A(2, 3, 4)"], ["(1, 2)", "(2, 0)", "(1, 3)"]),
    ("keras.utils.img_to_array(%)", ["A(4, 5, 3)", "A(4, 5)"]),
    ("tf.keras.losses.%(%)", ["dice", "tversky", "MSE", "mae", "KLD", "logcosh"], PAIRS[:2]),
    ("keras.metrics.%(%)", ["pearson_correlation", "concordance_correlation"], PAIRS[:2]),
    ("keras.losses.categorical_generalized_cross_entropy(%, %, q=0.5)", ["A(4, dtype='int32')"], ["E(4, 3)"]),
    ("keras.losses.get(%)(%)", ["'mse'", "'categorical_crossentropy'", "'MeanSquaredError'"], PAIRS[:2]),
    ("keras.utils.unpack_x_y_sample_weight(%)", ["(E(2, 3), E(2, 1))", "[E(2, 3)]", "E(2, 3)",
     "(E(2, 3), E(2, 1), E(2))"]),
    ("keras.utils.pack_x_y_sample_weight(%)", ["E(2, 3)", "(E(2, 3), E(2, 4))", "E(2, 3), E(2, 1)",
     "E(2, 3), E(2), sample_weight=E(2)"]),
    ("keras.backend.%(%)", ["standardize_dtype", "is_float_dtype", "is_int_dtype"], ["'int32'", "'bfloat16'",
     "E(2).dtype", "None", "A(3, dtype='uint8').dtype", "K(None, 2).dtype"]),
    ("keras.backend.result_type(%, %)", ["'int32'", "E(2).dtype", "int"], ["float", "'float16'", "'int64'"]),
    ("keras.preprocessing.image.smart_resize(%, %)", ["A(8, 9, 3)", "E(2, 8, 9, 3)", "A(8, 9, 3, dtype='uint8')"],
     ["(4, 5)", "(16, 16)", "size=[6, 6]"]),
]
