"""tf functions of elements, sums and products."""

D = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]
ONE = """
    abs acos acosh asin asinh atan atanh math.ceil cos cosh math.erf exp math.expm1 floor identity
    math.is_finite math.is_inf math.is_nan math.log math.log1p logical_not negative math.negative nn.elu nn.gelu
    nn.leaky_relu nn.relu nn.relu6 nn.selu nn.sigmoid nn.silu nn.softmax nn.log_softmax nn.softplus nn.softsign
    nn.swish nn.tanh ones_like math.reciprocal round math.rsqrt sigmoid sign sin sinh sqrt square stop_gradient
    tan tanh zeros_like nn.l2_loss math.log_sigmoid
""".split()
TWO = """
    add math.add atan2 divide math.divide_no_nan equal math.floordiv math.floormod greater greater_equal less
    less_equal logical_and logical_or maximum minimum math.mod multiply not_equal pow math.squared_difference
    subtract truediv math.logical_xor
""".split()
PAIRS = [
    "E(2, 4), E(4)",
    "E(2, 4), E(3)",
    "E(2, 4), 2",
    "E(2, 4), 2.5",
    "2, E(2, 4)",
    "E(2, 4, dtype='int32'), 2",
    "E(2, 4, dtype='int32'), 2.5",
    "E(2, 4), E(4, dtype='int32')",
    "E(2, 4), A(4)",
    "E(2, 4), A(4, dtype='float64')",
    "E(2, 1, 4), E(3, 1)",
    "A(2), A(2)",
    "E(2, 4, dtype='bool'), E(4, dtype='bool')",
    "E(4, dtype='float64'), E(1, dtype='float64')",
    "E(4, dtype='int8'), E(4, dtype='int8')",
    "E(2), [1, 2]",
    "E(2), [1.5, 2]",
    "E(2, 4), K(None, 4)",
    "E(2, 4), E()",
    "1, 2",
    "1.5, 2",
]
OPERANDS = [
    "E(2, 4) % E(4)",
    "E(2, 4) % E(3)",
    "E(2, 4) % 2",
    "2 % E(2, 4)",
    "E(2, 4) % 2.5",
    "E(2, 4, dtype='int32') % 2",
    "E(2, 4, dtype='int64') % E(4, dtype='int64')",
    "E(2, 4, dtype='int8') % 2",
    "E(2, 4) % A(4)",
    "A(4) % E(2, 4)",
    "E(2, 4) % A(4, dtype='float64')",
    "E(2, 4) % np.float64(2)",
    "E(2, 4, dtype='bool') % E(4, dtype='bool')",
    "E(2) % [1, 2]",
    "E(2) % [1., 2]",
    "E(2, 4) % E(4, dtype='int32')",
]
SYMBOLS = ["+", "-", "*", "/", "//", "**", "<", "<=", ">", ">=", "==", "!=", "&", "|"]
X = ["E(2, 3, 4)", "E(5)", "E()", "A(3, 4)", "[1., 2.]", "[[1, 2], [3, 4]]"]
REDUCE = """
    reduce_sum reduce_mean reduce_max reduce_min reduce_prod math.reduce_std math.reduce_variance
    reduce_logsumexp
""".split()
TEMPLATES = [
    *[(f"tf.{name}(E(2, 4, dtype='%'))", D) for name in ONE],
    *[(f"tf.{name}(%)", ["A(3)", "[1., 2.]", "2", "K(None, 4)", "E()"]) for name in ONE],
    *[(f"tf.{name}(%)", PAIRS) for name in TWO],
    *[(it.replace("%", symbol),) for symbol in SYMBOLS for it in OPERANDS],
    ("-E(2, dtype='%')", D),
    ("abs(E(2, dtype='%'))", D),
    ("~E(2, dtype='%')", ["bool"]),
    *[
        (f"tf.{name}(%, axis=%, keepdims=%)", X, ["OMIT", "0", "1", "-1", "[0, 1]", "5"], ["OMIT", "True"])
        for name in REDUCE
    ],
    *[(f"tf.{name}(E(2, 4, dtype='%'))", D) for name in REDUCE],
    ("tf.%(E(2, 4, dtype='%'), axis=%)", ["reduce_any", "reduce_all"], ["bool", "float32"], ["OMIT", "1"]),
    ("tf.%(%, axis=%)", ["argmax", "argmin"], X, ["OMIT", "0", "1", "-1", "5"]),
    ("tf.argmax(E(2, 4), 1, output_type=%)", ["tf.int32", "tf.int64", "'int32'"]),
    ("tf.%(%, axis=%)", ["cumsum", "math.cumprod"], X, ["OMIT", "0", "1", "5"]),
    ("tf.%(%, axis=%)", ["nn.softmax", "nn.log_softmax"], ["E(2, 3)", "E(4)"], ["OMIT", "0", "-1", "1"]),
    ("tf.math.l2_normalize(%, axis=%)", ["E(2, 3)", "E(4)"], ["OMIT", "0", "-1"]),
    ("tf.nn.moments(%, axes=%, keepdims=%)", ["E(2, 3)", "E(4)"], ["[0]", "0", "[0, 1]"], ["OMIT", "True"]),
    ("tf.%([%, %])", ["add_n", "math.add_n"], ["E(2, 3)"], ["E(2, 3)", "E(3)", "E(2, 4)", "E(2, 3, dtype='int32')"]),
    ("tf.norm(%, axis=%)", ["E(2, 3)", "E(4)", "E(2, 3, 4)"], ["OMIT", "0", "-1", "[0, 1]"]),
    (
        "tf.matmul(%, %)",
        ["E(2, 3)", "E(4, 2, 3)", "E(3)", "A(2, 3)", "E(2, 3, dtype='int32')"],
        ["E(3, 4)", "E(4, 3, 2)", "E(3)", "A(3, 5)", "E(2, 3)", "E(5, 3, 2)"],
    ),
    (
        "tf.matmul(%, %, %)",
        ["E(2, 3)", "E(4, 2, 3)"],
        ["E(2, 3)", "E(4, 2, 3)"],
        ["transpose_a=True", "transpose_b=True", "transpose_a=True, transpose_b=True"],
    ),
    ("% @ %", ["E(2, 3)", "E(4, 2, 3)", "E(3)", "A(2, 3)"], ["E(3, 4)", "E(3)", "A(3, 5)", "E(2, 3)"]),
    ("tf.linalg.matvec(%, %)", ["E(2, 3)", "E(4, 2, 3)"], ["E(3)", "E(4, 3)", "E(2)"]),
    (
        "tf.tensordot(%, %, %)",
        ["E(2, 3)", "E(4, 2, 3)"],
        ["E(3, 2)", "E(3, 4)", "E(2, 3, 5)"],
        ["1", "[[1], [0]]", "axes=[1, 0]", "2", "0", "[[0, 1], [1, 0]]"],
    ),
    (
        "tf.einsum('%', %)",
        ["ij,jk->ik", "bij,bjk->bik", "...ij,jk->...ik", "ij,kj", "bij->bji", "ij->"],
        [
            "E(2, 3), E(3, 4)",
            "E(5, 2, 3), E(5, 3, 4)",
            "E(2, 3), E(4, 3)",
            "E(5, 2, 3)",
            "E(2, 3)",
            "E(5, 2, 3), E(3, 4)",
            "E(2, 3), E(1, 4)",
        ],
    ),
    ("tf.math.segment_sum(%, %)", ["E(3, 4)", "E(3)"], ["[0, 0, 1]", "[0, 1, 2]"]),
    ("tf.math.unsorted_segment_sum(%, %, %)", ["E(3, 4)", "E(3)"], ["[0, 0, 1]"], ["3", "num_segments=5"]),
    ("tf.linalg.%(%)", ["diag", "matrix_transpose", "trace", "det"], ["E(3, 3)", "E(2, 3, 3)"]),
    ("tf.clip_by_value(%, %, %)", ["E(2, 3)", "E(2, 3, dtype='int32')", "A(3)", "[1, 2]"], ["0", "0.0"], ["1", "1.5"]),
    ("tf.nn.bias_add(%, %)", ["E(2, 3)", "E(2, 4, 4, 3)"], ["E(3)", "E(4)", "E(1, 3)", "A(3)"]),
    ("tf.nn.dropout(%, %)", ["E(2, 3)", "E(2, dtype='int32')"], ["0.5", "rate=0.1"]),
    ("tf.nn.sigmoid_cross_entropy_with_logits(labels=%, logits=%)", ["E(2, 3)", "E(3)"], ["E(2, 3)"]),
    ("tf.nn.softmax_cross_entropy_with_logits(labels=%, logits=%)", ["E(2, 3)"], ["E(2, 3)"]),
    ("tf.nn.sparse_softmax_cross_entropy_with_logits(labels=%, logits=%)", ["E(2, dtype='int32')"], ["E(2, 3)"]),
    (
        "tf.nn.conv2d(%, %, strides=%, padding=%)",
        ["E(2, 8, 8, 3)"],
        ["E(3, 3, 3, 5)", "E(2, 2, 4, 5)"],
        ["1", "2", "[1, 2, 2, 1]", "(1, 2)"],
        ["'SAME'", "'VALID'"],
    ),
    ("tf.nn.conv1d(%, %, stride=%, padding=%)", ["E(2, 8, 3)"], ["E(3, 3, 5)"], ["1", "2"], ["'SAME'", "'VALID'"]),
    (
        "tf.nn.%(%, ksize=%, strides=%, padding=%)",
        ["max_pool2d", "avg_pool2d", "max_pool"],
        ["E(2, 8, 9, 3)"],
        ["2", "[2, 3]", "[1, 2, 2, 1]"],
        ["1", "2"],
        ["'SAME'", "'VALID'"],
    ),
    ("tf.nn.%(E(2, 4, 4, 8), 2)", ["depth_to_space", "space_to_depth"]),
]
