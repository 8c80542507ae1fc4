"""keras.ops of one or two operands, element by element, and keras.activations."""

DTYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]
ONE = """
    abs absolute angle arccos arccosh arcsin arcsinh arctan arctanh bitwise_invert bitwise_not cbrt ceil celu
    conj conjugate copy cos cosh deg2rad elu erf erfc erfinv exp exp2 expm1 fabs floor gelu hard_shrink
    hard_sigmoid hard_silu hard_swish hard_tanh i0 imag isfinite isinf isnan isneginf isposinf isreal leaky_relu
    log log10 log1p log2 log_sigmoid log_softmax logical_not nan_to_num negative ones_like rad2deg real
    reciprocal relu relu6 round rsqrt selu sigmoid sign signbit silu sin sinc sinh soft_shrink softmax softplus
    softsign sparse_plus sparse_sigmoid sparsemax sqrt square squareplus stop_gradient swish tan tanh
    tanh_shrink trunc zeros_like
""".split()
TWO = """
    add arctan2 divide divide_no_nan equal floor_divide fmax fmin fmod greater greater_equal heaviside hypot
    isclose less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor maximum minimum mod multiply
    nextafter not_equal power subtract true_divide
""".split()
BITS = """
    bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor gcd lcm left_shift right_shift
""".split()
ACTIVATIONS = """
    celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid
    log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus
    sparse_sigmoid sparsemax squareplus tanh tanh_shrink
""".split()
PAIRS = [
    "K(None, 4), K(None, 4)",
    "K(None, 4), 2",
    "K(None, 4), 2.5",
    "3, K(2, 4, dtype='int32')",
    "2.5, K(2, 4, dtype='int64')",
    "K(None, 1, 4), K(3, 1)",
    "K(None, 4), K(None, 5)",
    "K(2, 4), K(3, 4)",
    "K(None, 4), A(4)",
    "K(None, 4, dtype='float16'), K(4)",
    "K(None, 4, dtype='int32'), K(4, dtype='int64')",
    "K(None, 4, dtype='bool'), K(4, dtype='int8')",
    "K(None, 4, dtype='int32'), K(4)",
    "K(None, 4, dtype='uint8'), K(None, 4, dtype='int8')",
    "E(2, 4), E(4)",
    "E(2, 4), E(2, 3)",
    "E(2, 4), 1",
    "E(2, 4, dtype='int32'), 1.5",
    "E(2, 4, dtype='int32'), E(2, 1)",
    "A(2, 4), A(4)",
    "K(), K(2, 3)",
    "K(None, None), K(None, 3)",
    "K(None, None), K(1, None)",
]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "!=", "&", "|", "^"]
OPERANDS = [
    "K(None, 4) % K(None, 4)",
    "K(None, 4) % 2",
    "2 % K(None, 4)",
    "K(None, 4) % 2.5",
    "K(None, 4, dtype='int32') % 2",
    "K(None, 4, dtype='int32') % 2.5",
    "K(None, 4) % K(None, 5)",
    "K(None, 4, 1) % K(5)",
    "K(None, 4) % A(4)",
    "K(None, 4) % A(3)",
    "K(None, 4) % A(4, dtype='float64')",
    "K(None, 4) % E(4)",
    "E(4) % K(None, 4)",
    "K(None, 4, dtype='bool') % K(None, 4, dtype='bool')",
]
TEMPLATES = [
    *[(f"ops.{name}(K(None, 4, dtype='%'))", DTYPES) for name in ONE],
    *[(f"ops.{name}(%)", ["E(2, 3)", "K()", "A(3)", "K(None, None, 2)"]) for name in ONE],
    *[(f"ops.{name}(%)", PAIRS) for name in TWO],
    *[(f"ops.{name}(%)", [it.replace("float32", "int32") for it in PAIRS if "int" in it]) for name in BITS],
    *[
        (f"keras.activations.{name}(%)", ["K(None, 4)", "K(2, 3, 4, dtype='float16')", "E(3, 4)"])
        for name in ACTIVATIONS
    ],
    (
        "ops.cast(K(None, 4), %)",
        ["'int32'", "'float16'", "'bool'", "'int'", "'float'", "'abc'", "int", "float", "bool"],
    ),
    ("ops.clip(%, 0, 1)", ["K(None, 4)", "K(2, 3, dtype='int32')", "K(4, dtype='bool')", "E(2, 3)"]),
    ("ops.clip(K(None, 4), %, %)", ["K(4)", "0", "K(3)"], ["K(1)", "1.0", "K(None, 1)"]),
    ("ops.softmax(K(None, 4), axis=%)", ["-1", "0", "1", "2", "(0, 1)"]),
    ("ops.log_softmax(E(3, 4), axis=%)", ["-1", "0", "1", "-2"]),
    ("ops.leaky_relu(K(None, 4), negative_slope=%)", ["0.1", "0.5"]),
    ("keras.activations.relu(K(None, 4), %)", ["max_value=6", "negative_slope=0.1", "threshold=1.0"]),
    *[(it.replace("%", operator),) for operator in OPERATORS if operator != "%" for it in OPERANDS],
    ("-%", ["K(None, 4)", "K(None, 4, dtype='int32')", "E(2, 3)"]),
    ("~%", ["K(None, 4, dtype='bool')", "E(2, dtype='bool')"]),
    ("abs(%)", ["K(None, 4)", "K(2, dtype='int32')", "E(2)"]),
]
