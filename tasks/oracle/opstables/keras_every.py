"""What makes twenty calls of every function of keras.ops and its like that the other tables call less often."""

# Of each template so many at most, so that no function has more than it needs.
MOST = 20
# What the symbolic form takes and a run refuses is for the other tables.
AGREED = True
ONE = """
    abs absolute angle arccos arccosh arcsin arcsinh arctan arctanh bitwise_invert bitwise_not cbrt ceil celu conj
    conjugate copy cos cosh deg2rad elu erf erfc erfinv exp exp2 expm1 fabs floor gelu hard_shrink hard_sigmoid
    hard_silu hard_swish hard_tanh i0 imag isfinite isinf isnan isneginf isposinf isreal leaky_relu log log10 log1p
    log2 log_sigmoid log_softmax logical_not nan_to_num negative ones_like rad2deg real reciprocal relu relu6 round
    rsqrt selu sigmoid sign signbit silu sin sinc sinh soft_shrink softmax softplus softsign sparse_plus
    sparse_sigmoid sparsemax sqrt square squareplus stop_gradient swish tan tanh tanh_shrink trunc zeros_like
""".split()
BITS = """
    bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor gcd lcm left_shift right_shift
""".split()
ACTIVATIONS = """
    celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear log_sigmoid
    log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid
    sparsemax squareplus swish tanh tanh_shrink
""".split()
PLAIN = ["3", "2.5", "True", "[1.0, 2.0]", "[[1], [2]]", "A(2, 3, dtype='float64')", "E(2, 1, dtype='int64')", "'abc'"]
DTYPES = ["bool", "uint8", "int8", "int32", "int64", "float16", "bfloat16", "float64"]
OPERANDS = [
    *PLAIN,
    "K()",
    "K(5)",
    "K(None, None, 2)",
    "A(3)",
    "E(2, 3, dtype='int32')",
    *[f"K(None, 4, dtype='{it}')" for it in DTYPES],
]
WHOLE = [f"K(None, 4, dtype='{it}')" for it in ["int8", "uint8", "int32", "int64", "bool", "float32"]]
OTHER = [
    "2", "K(4, dtype='int32')", "A(2, 4, dtype='uint8')", "E(4, dtype='int64')", "K(None, 3, dtype='int32')",
    "1.5",
]
X = ["K(None, 4)", "K(2, 3, 4)", "K(None, None, 6)", "E(2, 3, 4)", "A(3, 4)", "K(5)", "K()", "E(2, 3, dtype='float64')"]
AXIS = ["OMIT", "axis=0", "axis=1", "axis=-1", "axis=2", "axis=-4", "axis=None"]
# Of ones alone most would be singular.
SQUARE = [
    "K(3, 3)", "K(None, 4, 4)", "ops.eye(3)", "K(3, 4)", "K(5)", "ops.eye(4)", "K(2, 3, 5, 5)", "np.eye(3)", "K()",
]
SQUARES = [
    *SQUARE, "K(None, None, 3)", "ops.eye(3, dtype='float64')", "ops.eye(3, dtype='int32')",
    "K(3, 3, dtype='float16')",
]
SQUARES += [
    "K(None, 3)",
    "[[1.0, 0.0], [0.0, 1.0]]",
    "[1.0, 2.0]",
    "E(2, 2, 4)",
    "K(4, 3)",
    "ops.stack([ops.eye(4), ops.eye(4)])",
    "2.0",
]
PICTURES = ["K(None, 8, 8, 3)", "E(8, 8, 3)", "K(None, None, None, 3)", "E(2, 8, 9, 3)", "K(8, 8)", "K(None, 8, 8, 1)"]
PICTURES += ["E(2, 8, 8, 3, dtype='uint8')", "K(2, 8, 8, 4)", "A(6, 5, 3)"]
FORMAT = ["OMIT", "data_format='channels_last'", "data_format='channels_first'"]
SIZES = ["(2, 3)", "4", "[2]", "()", "(2, -1)", "(None, 3)", "(2.0,)", "ops.shape(E(2, 3))", "(3, 0)", "[2, 1, 4]"]
DTYPE = ["OMIT", "dtype='int32'", "dtype='float16'", "dtype='bool'", "dtype='abc'"]
JOINED = ["K(None, 4)", "K(2, 3, 4)", "E(2, 3)", "A(4)", "K(5)", "K(None, 3, dtype='int32')"]
WINDOWED = [
    "K(None, 8, 9, 3)", "E(2, 8, 8, 3)", "K(4, 9, 6, 3)", "E(2, 6, 7, 8)", "K(None, None, 8, 3)", "A(1, 5, 5, 2)",
]
POOLED = ["2", "(2, 3)", "3", "1"]
LOGITS = ["K(None, 4)", "E(2, 4)", "K(None, 3, 4)", "K(4)", "E(2, 3)", "K(2, 5)", "A(2, 4)"]
SPECTRA = [
    "(K(2, 8), K(2, 8))", "(E(2, 4, 8), E(2, 4, 8))", "(K(None, 6), K(None, 6))", "(K(2, 16), K(2, 16))",
    "(K(3), K(3))",
]
SPECTRA += ["(K(2, 8), K(2, 4))", "(K(None, 4, 5), K(None, 4, 5))", "(K(None, 4, 8), K(None, 4, 8))", "(K(), K())"]
SPECTRA += ["(E(2, 3, dtype='int32'), E(2, 3, dtype='int32'))", "[A(2, 3), A(2, 3)]", "(K(None, None), K(None, None))"]
SEGMENTS = [
    "[0, 0, 1, 2]", "np.array([0, 0, 1, 2])", "ops.array([0, 1])", "K(4, dtype='int32')", "E(4)",
    "ops.array([0, 0, 1, 2])",
]

TEMPLATES = [
    *[(f"ops.{name}(%)", PLAIN) for name in ONE],
    *[(f"ops.{name}(%, %)", WHOLE, OTHER) for name in BITS],
    *[(f"keras.activations.{name}(%)", OPERANDS) for name in ACTIVATIONS],
    ("keras.activations.glu(%, axis=%)", ["K(None, 4)", "K(None, 5)", "E(2, 6, 4)", "K(8)"], ["-1", "0", "1", "2"]),
    (
        "keras.activations.threshold(%, %, %)",
        ["K(None, 4)", "E(3)", "K(2, dtype='float16')", "A(2, 1)", "K()"],
        ["0.5", "1"],
        ["0", "1.0"],
    ),
    ("keras.activations.%(%, %)", ["softmax", "log_softmax"], ["K(None, 4)", "E(2, 3, 4)", "K(4)"], AXIS),
    (
        "ops.%(%, output_size=%, %)",
        ["adaptive_average_pool", "adaptive_max_pool"],
        WINDOWED,
        ["2", "3", "(2, 3)"],
        FORMAT,
    ),
    ("ops.adaptive_max_pool(%, %)", WINDOWED, ["2", "(4, 3)", "(2, 2)", "3"]),
    ("ops.allclose(%, %)", ["E(3)", "E(2, 3)", "A(3)", "[1.0, 2.0]", "1.0"], ["E(3)", "A(2, 3)", "1", "E(2)"]),
    ("ops.append(%, %, %)", JOINED, JOINED, ["OMIT", "axis=0", "axis=-1", "axis=3"]),
    (
        "ops.arange(%, %, %)",
        ["0", "2", "5.0"],
        ["OMIT", "6", "1", "7.5"],
        ["OMIT", "step=2", "step=-1", "dtype='float16'"],
    ),
    ("ops.argpartition(%, %, %)", X, ["0", "1", "2"], AXIS),
    (
        "ops.array(%, %)",
        ["[1, 2]", "3", "True", "[[1.0], [2.0]]", "E(2, 3)", "K(None, 4)", "A(2, dtype='int64')"],
        DTYPE,
    ),
    (
        "ops.associative_scan(lambda a, b: a * b, %, reverse=%, %)",
        ["K(None, 4)", "E(6, 4)", "E(6, 2, 3)", "K(5)"],
        ["False", "True"],
        ["OMIT", "axis=1", "axis=-1", "axis=0"],
    ),
    (
        "ops.%_pool(%, %, %, padding=%, %)",
        ["average"],
        WINDOWED,
        POOLED,
        ["OMIT", "1", "(1, 2)"],
        ["'same'", "'valid'"],
        FORMAT,
    ),
    (
        "ops.%_pool(%, %, %, padding=%, %)",
        ["max"],
        WINDOWED,
        POOLED,
        ["OMIT", "1", "(1, 2)"],
        ["'same'", "'valid'"],
        FORMAT,
    ),
    *[
        (f"ops.{name}(%)", [str(it) for it in [*range(1, 17), 31, 64, 100, 255]])
        for name in ["bartlett", "blackman", "hamming", "hanning"]
    ],
    ("ops.kaiser(%, %)", ["1", "5", "8", "12", "100"], ["8.0", "2", "0", "14.5"]),
    (
        "ops.batch_normalization(%, %, %, axis=%, %)",
        ["K(None, 4)", "E(2, 3, 4)", "K(None, 4, 3)", "E(2, 4, dtype='float16')"],
        ["A(4)", "E(4)"],
        ["A(4)", "E(1)"],
        ["-1", "1", "2"],
        ["OMIT", "offset=A(4)", "scale=E(4)"],
    ),
    ("ops.%(%, %)", ["binary_crossentropy"], LOGITS, LOGITS),
    ("ops.%(%, %, %)", ["categorical_crossentropy"], LOGITS, LOGITS, ["OMIT", "axis=1", "axis=0", "axis=2"]),
    (
        "ops.sparse_categorical_crossentropy(%, %, %)",
        [
            "K(None, dtype='int32')",
            "E(2, dtype='int32')",
            "K(None, 1, dtype='int32')",
            "E(2, 3, dtype='int32')",
            "K(None, 4)",
        ],
        LOGITS,
        ["OMIT", "from_logits=True", "axis=0"],
    ),
    (
        "ops.bincount(%, %, %)",
        ["K(5, dtype='int32')", "K(2, 5, dtype='int32')", "K(None, dtype='int64')", "K(None, 3, dtype='uint8')"],
        ["OMIT", "sparse=False"],
        ["OMIT", "minlength=4", "minlength=1", "minlength=0"],
    ),
    (
        "ops.cast(%, %)",
        ["K(None, 4)", "E(2, dtype='int32')", "A(3)", "2"],
        ["'int8'", "'uint32'", "'complex64'", "'uint16'", "'bfloat16'", "'abc'"],
    ),
    (
        "ops.cdist(%, %)",
        ["K(3, 4)", "E(2, 4)", "K(None, 4)", "K(4)", "K(2, 3, 4)"],
        ["K(5, 4)", "E(4)", "K(5, 3)", "K(2, 5, 4)", "K(1, 4)"],
    ),
    ("ops.%(%, upper=%)", ["cholesky", "cholesky_inverse"], SQUARES[:12], ["True"]),
    *[
        (f"ops.{name}(%)", SQUARES)
        for name in ["cholesky", "cholesky_inverse", "det", "eig", "eigh", "inv", "logdet", "lu_factor"]
    ],
    *[(f"ops.{name}(%)", SQUARES) for name in ["pinv", "slogdet", "matrix_rank"]],
    ("ops.qr(%, mode=%)", SQUARES, ["'reduced'", "'complete'"]),
    ("ops.svd(%, %, %)", SQUARES, ["OMIT", "full_matrices=False"], ["OMIT", "compute_uv=False"]),
    ("ops.%(%, %)", ["solve"], SQUARES, ["K(3)", "K(3, 2)", "E(2, 3, 1)", "K(4, 2)", "E(4)", "K()"]),
    ("ops.solve_triangular(%, %, %)", SQUARES, ["K(3)", "K(3, 2)", "E(2, 3, 1)", "K(4, 2)"], ["OMIT", "lower=True"]),
    (
        "ops.lstsq(%, %, %)",
        ["K(4, 3)", "E(4, 3)", "K(3, 3)", "K(2, 4, 3)", "K(4)"],
        ["K(4)", "E(4, 2)", "K(3)", "K(2, 4, 1)"],
        ["OMIT", "rcond=0.1"],
    ),
    (
        "ops.clip(%, %, %)",
        ["K(None, 4)", "E(2)", "A(3)", "K(2, dtype='float16')"],
        ["0", "0.5", "A(1)", "E(1)"],
        ["1", "2.0", "E(3)", "A(4)"],
    ),
    (
        "ops.cond(%, lambda: %, lambda: %)",
        ["True", "E() > 0", "False", "1", "K() > 0"],
        ["E(2, 3)", "K(2, 3)"],
        ["E(2, 3)", "2.0 * E(2, 3)", "ops.zeros((2, 3))"],
    ),
    (
        "ops.convert_to_numpy(%)",
        [f"E({shape}dtype='{it}')" for shape in ["2, ", "3, 1, ", ""] for it in DTYPES if it != "bfloat16"],
    ),
    (
        "ops.convert_to_tensor(%, %)",
        ["[1, 2]", "3.5", "[[1, 2], [3, 4]]", "E(2)", "K(None, 4)", "A(2, dtype='int64')"],
        DTYPE,
    ),
    (
        "ops.corrcoef(%)",
        [
            *X,
            "E(2, 5, dtype='float16')",
            "K(3, 4, dtype='int32')",
            "A(4)",
            "[[1.0, 2.0], [3.0, 1.0]]",
            "K(None, 4, 3)",
            "1.0",
            "K(1, 3)",
            "K(0, 3)",
        ],
    ),
    (
        "ops.correlate(%, %, mode=%)",
        ["E(5)", "K(5)", "A(3)", "K(2, 3)", "K(None)"],
        ["E(3)", "K(7)", "E(2, 2)", "K(3, dtype='int32')"],
        ["'same'", "'full'", "'valid'"],
    ),
    (
        "ops.cross(%, %, %)",
        ["K(None, 3)", "E(2, 3)", "K(4, 2)", "K(3)", "K(2, 3, 4)", "A(5, 3)"],
        ["K(None, 3)", "E(3)", "K(4, 2)", "K(2, 4, 3)"],
        ["OMIT"],
    ),
    ("ops.%(%, %, %)", ["cumprod", "nancumprod", "nancumsum"], X, AXIS, ["OMIT", "dtype='int32'", "dtype='float64'"]),
    *[(f"ops.{name}(%, %, %)", X, AXIS, ["OMIT", "keepdims=True"]) for name in ["nanargmax", "nanargmin", "nanmedian"]],
    *[
        (f"ops.{name}(%, %, %, %)", X, ["50", "[25, 75]", "E(3)"], AXIS, ["OMIT", "keepdims=True", "method='nearest'"])
        for name in ["percentile", "nanpercentile"]
    ],
    ("ops.nanquantile(%, %, %, %)", X, ["0.5", "[0.2, 0.5]", "A(3)"], AXIS, ["OMIT", "keepdims=True"]),
    (
        "ops.%(%, %, %)",
        ["depth_to_space", "space_to_depth"],
        ["K(None, 4, 4, 8)", "E(2, 4, 6, 4)", "K(None, 4, 4, 3)", "K(4, 4, 4)", "E(2, 12, 4, 4)"],
        ["2", "3", "1"],
        FORMAT,
    ),
    (
        "ops.space_to_depth(%, %)",
        ["K(None, 4, 4, 8)", "E(2, 4, 6, 4)", "K(None, None, 4, 3)", "K(4, 4, 4)", "E(2, 6, 6, 2)"],
        ["2", "3", "4", "1"],
    ),
    (
        "ops.depthwise_conv(%, %, %, padding=%, %)",
        ["K(None, 8, 8, 3)", "E(2, 9, 3)", "K(None, None, 8, 3)", "K(8, 8, 3)"],
        ["A(3, 3, 3, 2)", "E(2, 3, 1)", "A(3, 3, 4, 1)"],
        ["OMIT", "strides=2", "strides=(1, 2)", "dilation_rate=2"],
        ["'valid'", "'same'"],
        FORMAT,
    ),
    (
        "ops.separable_conv(%, %, %, %, padding=%)",
        ["K(None, 8, 8, 3)", "E(2, 8, 9, 3)", "K(None, 9, 3)"],
        ["A(3, 3, 3, 2)", "A(3, 3, 3, 1)", "E(2, 3, 2)"],
        ["A(1, 1, 6, 7)", "A(1, 1, 3, 5)", "E(1, 6, 4)"],
        ["OMIT", "strides=2", "dilation_rate=2"],
        ["'valid'", "'same'"],
    ),
    ("ops.diag(%, %)", X, ["OMIT", "k=1", "k=-2", "k=7"]),
    ("ops.diagflat(%, %)", X, ["OMIT", "k=2", "k=-1"]),
    (
        "ops.diagonal(%, %, %)",
        X,
        ["OMIT", "offset=1", "offset=-2", "offset=9"],
        ["OMIT", "axis1=1, axis2=2", "axis1=-1, axis2=0", "axis1=1, axis2=1"],
    ),
    (
        "ops.trace(%, %, %)",
        X,
        ["OMIT", "offset=1", "offset=-2"],
        ["OMIT", "axis1=1, axis2=2", "axis1=-1, axis2=0", "axis1=1, axis2=1"],
    ),
    ("ops.diff(%, n=%, %)", X, ["0", "1", "2", "-1"], AXIS),
    ("ops.digitize(%, %)", X, ["A(3)", "E(3)", "[0.0, 1.0]", "K(3)", "E(2, 2)", "2.0"]),
    ("ops.dot(%, %)", JOINED, ["K(4, 2)", "E(3)", "K(None, 4)", "2.0", "A(4, dtype='int32')"]),
    (
        "ops.dot_product_attention(%, %, %, %)",
        ["K(None, 5, 2, 4)", "E(3, 5, 2, 4)", "E(3, 5, 4)"],
        ["K(None, 6, 2, 4)", "E(3, 6, 2, 4)", "E(3, 6, 1, 4)", "E(3, 6, 2, 5)"],
        ["K(None, 6, 2, 4)", "E(3, 6, 2, 4)", "E(3, 7, 2, 4)"],
        ["OMIT", "is_causal=True", "mask=E(3, 2, 5, 6, dtype='bool')", "bias=E(5, 6)"],
    ),
    *[
        (
            f"ops.{name}(%, %)",
            ["K(4, 6)", "E(2, 4, 6)", "K(6)", "K(None, 4)", "A(3, 4, 4, 2)"],
            ["2", "[1, 3]", "4", "1", "[2]", "0"],
        )
        for name in ["vsplit", "hsplit", "dsplit"]
    ],
    *[(f"ops.{name}([%, %])", [*JOINED, "K()"], [*JOINED, "2.0"]) for name in ["dstack", "hstack", "vstack"]],
    ("ops.dtype(%)", [f"{x}(3, dtype='{it}')" for x in "KE" for it in [*DTYPES, "float32", "uint16"]]),
    ("ops.is_tensor(%)", [*OPERANDS, "K(2)", "E(3)"]),
    ("ops.ndim(%)", [*OPERANDS, "K(2, 3)", "E(2, 1, 3)"]),
    ("ops.size(%)", [*OPERANDS, "K(2, 3)", "E(2, 1, 3)", "K(None, 4)"]),
    ("ops.shape(%)", [*OPERANDS[:9], "E(2, 1, 3)", "K(None, 4)"]),
    *[(f"ops.{name}(%, %)", SIZES, DTYPE) for name in ["empty", "ones", "zeros"]],
    ("ops.full(%, %, %)", SIZES, ["1", "2.5", "True", "E(3)"], DTYPE),
    ("ops.empty_like(%, %)", OPERANDS, ["OMIT", "dtype='int32'"]),
    (
        "ops.full_like(%, %, %)",
        ["K(None, 4)", "E(2, dtype='int32')", "[1, 2]", "3", "A(3)"],
        ["1", "2.5", "E(4)", "True"],
        ["OMIT", "dtype='float16'"],
    ),
    ("ops.eye(%, %, %, %)", ["3", "1", "2.0"], ["OMIT", "4", "M=None"], ["OMIT", "k=1", "k=-5"], DTYPE[:3]),
    ("ops.tri(%, %, %, %)", ["3", "0", "2.0"], ["OMIT", "4", "M=None"], ["OMIT", "k=1", "k=-5"], DTYPE[:3]),
    ("ops.identity(%, %)", ["3", "0", "1", "2.0", "7"], DTYPE),
    (
        "ops.extract_sequences(%, %, %)",
        ["K(None, 16)", "E(2, 16)", "K(16)", "K(2, None)", "E(2, 3, 8)"],
        ["4", "8", "3"],
        ["2", "4", "1"],
    ),
    *[
        (
            f"ops.{name}(%)",
            [
                *SPECTRA,
                "(K(3, 4), K(3, 4))",
                "(E(2), E(3))",
                "(A(3), A(3))",
                "(K(4, 4), K(4, 4))",
                "(K(2, 8, dtype='float16'), K(2, 8, dtype='float16'))",
                "(E(1, 4), E(1, 4))",
            ],
        )
        for name in ["fft", "fft2", "ifft2"]
    ],
    (
        "ops.rfft(%, %)",
        ["K(None, 8)", "E(2, 9)", "K(5)", "K()", "E(2, 8, dtype='float64')", "K(2, None)", "A(3, 4)"],
        ["OMIT", "fft_length=6", "fft_length=16", "fft_length=5"],
    ),
    ("ops.irfft(%, %)", SPECTRA, ["OMIT", "fft_length=8", "fft_length=3"]),
    (
        "ops.stft(%, %, %, %)",
        ["K(None, 64)", "E(2, 64)", "K(64)", "K(2, 3, 40)"],
        ["16", "10"],
        ["8", "4"],
        ["16", "32"],
    ),
    (
        "ops.istft(%, %, 4, 8, %)",
        ["(K(None, 9, 5), K(None, 9, 5))", "(E(9, 5), E(9, 5))", "(K(2, 7, 5), K(2, 7, 5))"],
        ["8", "4"],
        ["OMIT", "center=False", "length=20"],
    ),
    ("ops.%(%)", ["fliplr"], [*OPERANDS, "K(3, 4)", "E(2, 3, 3)"]),
    ("ops.%(%)", ["flipud"], [*OPERANDS, "K(3, 4)", "E(2, 3, 3)"]),
    ("ops.%(%, %)", ["tril"], [*X, "K(3, 3, dtype='bool')"], ["OMIT", "k=1", "k=-1"]),
    ("ops.%(%, %)", ["triu"], [*X, "K(3, 3, dtype='bool')"], ["OMIT", "k=1", "k=-1"]),
    ("ops.ravel(%)", [*OPERANDS, "K(3, 4)", "E(2, 3, 3)"]),
    (
        "ops.unfold(%, %, %, %)",
        ["K(None, 3, 8, 8)", "E(2, 3, 8, 9)", "K(3, 8, 8)"],
        ["2", "(3, 2)", "4"],
        ["OMIT", "stride=2"],
        ["OMIT", "padding=1", "dilation=2"],
    ),
    (
        "ops.fold(%, %, %, %, %)",
        ["K(None, 12, 16)", "E(2, 12, 16)", "K(None, 12, 49)", "K(12, 16)"],
        ["(8, 8)", "8", "(4, 4)"],
        ["2", "(2, 2)"],
        ["OMIT", "stride=2"],
        ["OMIT", "padding=1"],
    ),
    (
        "ops.fori_loop(%, %, lambda i, x: %, %)",
        ["0", "1"],
        ["3", "1", "E(dtype='int32')"],
        ["x * 2", "x + 1.0", "x + ops.cast(i, 'float32')"],
        ["E(2, 3)", "1.0", "K(None, 4)"],
    ),
    ("ops.fori_loop(%, %, lambda i, x: x[None], %)", ["0", "1"], ["3", "2"], ["E(2, 3)", "E()"]),
    (
        "ops.while_loop(lambda x: ops.sum(x) < 99, lambda x: %, (%,))",
        ["(x + 1,)", "(x * 2,)", "(x + x,)", "(ops.exp(x),)"],
        ["E(2, 3)", "E()", "1.0", "E(4)", "A(2, 1)"],
    ),
    (
        "ops.scan(lambda c, x: (c + x, %), %, %)[1]",
        ["c * x", "x", "x + 1", "c"],
        ["E(3)", "A(3)"],
        ["E(5, 3)", "A(2, 3)", "E(1, 3)"],
    ),
    (
        "ops.switch(%, [lambda x: x, lambda x: x * 2, lambda x: %], %)",
        ["0", "1", "2", "-1", "5"],
        ["x + 1", "ops.exp(x)"],
        ["E(2, 3)", "K(None, 4)", "E()"],
    ),
    (
        "ops.map(lambda x: %, %)",
        ["x * 2", "ops.sum(x)", "x[0]", "(x, x)", "x[..., None]"],
        ["E(2, 3)", "K(None, 4)", "A(3, 2, 2)", "E(4)"],
    ),
    (
        "ops.vectorized_map(lambda x: %, %)",
        ["x * 2", "ops.sum(x)", "x[0]", "ops.expand_dims(x, 0)"],
        ["E(2, 3)", "K(None, 4)", "E(3, 2, 2)", "E(4)", "A(2, 3)"],
    ),
    (
        "ops.geomspace(%, %, %, %)",
        ["1.0", "1", "E(3)"],
        ["8.0", "100", "E(3)"],
        ["OMIT", "num=5", "num=0"],
        ["OMIT", "endpoint=False", "dtype='float16'"],
    ),
    (
        "ops.logspace(%, %, %, %)",
        ["0.0", "1", "E(3)", "K(2)"],
        ["2.0", "3", "E(3)"],
        ["OMIT", "num=5", "num=0"],
        ["OMIT", "endpoint=False", "dtype='float16'", "axis=-1"],
    ),
    (
        "ops.linspace(%, %, %, %)",
        ["0", "1.0", "E(3)", "K(2)"],
        ["10", "2.5", "E(3)"],
        ["OMIT", "num=5", "num=0"],
        ["OMIT", "endpoint=False", "dtype='int32'", "axis=-1"],
    ),
    ("ops.get_item(%, %)", X, ["0", "-1", "(slice(None), 0)", "None", "Ellipsis", "(0, 0, 0)", "slice(1, None)", "9"]),
    (
        "ops.glu(%, %)",
        ["K(None, 4)", "E(2, 6)", "K(None, 5)", "E(2, 3, 4)", "K(8)", "K(2, dtype='int32')"],
        ["OMIT", "axis=0", "axis=1", "axis=2"],
    ),
    (
        "ops.histogram(%, %, %)",
        ["E(5)", "K(5)", "E(2, 3)", "E(5, dtype='int32')", "A(4)", "[1.0, 2.0]"],
        ["OMIT", "bins=4", "bins=0", "bins=1"],
        ["OMIT", "range=(0, 1)", "range=(1, 0)"],
    ),
    (
        "ops.in_top_k(%, %, k=%)",
        ["K(3, dtype='int32')", "E(3, dtype='int32')", "K(2, dtype='int64')", "E(3)"],
        ["E(3, 4)", "K(None, 4)", "K(4)", "E(3, 2)"],
        ["1", "2", "4"],
    ),
    ("ops.inner(%, %)", JOINED, ["K(4)", "E(3)", "K(None, 4)", "2.0", "E(3, 2, 3)"]),
    ("ops.outer(%, %)", JOINED, ["K(4)", "E(3)", "K(None, 4)", "2.0", "A(2, dtype='int32')"]),
    ("ops.kron(%, %)", JOINED, ["K(4)", "E(3, 2)", "K(None, 4)", "2.0", "A(2, dtype='int32')"]),
    ("ops.vdot(%, %)", JOINED, ["K(4)", "E(2, 3)", "K(None, 4)", "2.0", "A(4, dtype='int32')", "E(6)"]),
    (
        "ops.ldexp(%, %)",
        JOINED,
        ["E(3, dtype='int32')", "K(4, dtype='int32')", "A(4, dtype='int64')", "K(None, 1, dtype='int32')"],
    ),
    ("ops.polar(%, %)", JOINED, ["K(4)", "E(3)", "2", "A(4, dtype='int64')", "K(None, 4)"]),
    ("ops.psnr(%, %, %)", JOINED, ["K(4)", "E(2, 3)", "K(None, 4)", "A(5)"], ["1.0", "255"]),
    (
        "ops.isin(%, %, %)",
        JOINED,
        ["[1, 2]", "K(3)", "1.0", "E(2, 2, dtype='int32')"],
        ["OMIT", "invert=True", "assume_unique=True"],
    ),
    ("ops.layer_normalization(%, %, %)", X, ["OMIT", "gamma=E(4)", "gamma=A(3)", "beta=E(4)"], AXIS[:5]),
    ("ops.rms_normalization(%, %, %)", X, ["OMIT", "scale=E(4)", "scale=A(3)"], [*AXIS[:5], "axis=(0, 1)"]),
    ("ops.normalize(%, %, %)", X, AXIS, ["OMIT", "order=1", "order=3"]),
    (
        "ops.moments(%, %, %)",
        X,
        ["axes=0", "axes=[0, 1]", "axes=-1", "axes=5"],
        ["OMIT", "keepdims=True", "synchronized=True"],
    ),
    (
        "ops.meshgrid(%, indexing=%)",
        [
            "E(2)",
            "E(2), E(3)",
            "K(2), K(3)",
            "A(2), A(3), A(4)",
            "E(2, 2), E(3)",
            "K(None), K(3)",
            "1, 2",
            "K(4)",
            "K(2), K(None), K(3)",
            "A(1), A(2)",
            "[1, 2], [3]",
        ],
        ["'xy'", "'ij'"],
    ),
    (
        "ops.multi_hot(%, num_classes=%, %)",
        ["K(None, 5, dtype='int32')", "E(2, 3)", "E(2, 3, dtype='int32')", "[0, 2]", "K(2, 3, 4, dtype='int64')"],
        ["4", "1", "None"],
        ["OMIT", "axis=0", "axis=1", "dtype='int32'"],
    ),
    ("ops.nonzero(%)", [f"K({it})" for it in ["3, 4", "5", "None", "None, 2", "1, 2, 3, 4", "None, None", "2, 0"]]),
    ("ops.nonzero(K(%, dtype='%'))", ["3", "None, 4", "2, 2"], DTYPES),
    (
        "ops.rearrange(%, %)",
        ["K(None, 6, 4)", "E(2, 6, 4)", "K(None, None, 4)"],
        [
            "'b h w -> b (h w)'",
            "'b h w -> w h b'",
            "'b h w -> h w b'",
            "'b (h x) w -> b x h w', x=3",
            "'b h -> b'",
            "'... c -> c ...'",
        ],
    ),
    ("ops.rot90(%, %, %)", X, ["OMIT", "k=2", "k=-1"], ["OMIT", "axes=(1, 2)", "axes=(1, 1)", "axes=(0, -1)"]),
    ("ops.saturate_cast(%, %)", OPERANDS, ["'uint8'", "'float16'", "'int32'", "'bool'"]),
    (
        "ops.scatter(%, %, %)",
        ["[[0], [2]]", "E(2, 1, dtype='int32')", "[[0, 1], [1, 0]]", "[0, 1]"],
        ["E(2)", "K(2)", "E(2, 3)", "E(3)"],
        ["(4,)", "(4, 3)", "[5]", "(2, 2, 2)"],
    ),
    (
        "ops.scatter_update(%, %, %, %)",
        ["E(4, 2)", "K(4, 2)", "A(5)"],
        ["[[0, 1], [1, 0]]", "[[0], [2]]", "[[0, 0, 0]]"],
        ["E(2)", "A(2, 2)", "K(2)", "E(3)"],
        ["OMIT", "reduction='add'", "reduction='max'"],
    ),
    (
        "ops.searchsorted(%, %, %)",
        ["E(5)", "K(5)", "E(2, 5)", "[1.0, 2.0]"],
        ["E(3)", "K(2, 3)", "1.5", "[1, 2]", "K(None)"],
        ["OMIT", "side='right'"],
    ),
    *[
        (
            f"ops.segment_{it}(%, %, %)",
            ["E(4, 3)", "K(4, 3)", "E(4)", "K(None, 2)", "E(4, dtype='int32')"],
            SEGMENTS,
            ["OMIT", "num_segments=3"],
        )
        for it in ["max", "min", "prod", "sum"]
    ],
    (
        "ops.select([%, %], [%, %], %)",
        ["E(2, 3) > 0", "K(None, 3) > 0"],
        ["E(3) > 0"],
        ["E(2, 3)", "K(None, 3)", "1.0"],
        ["E(3)", "2", "E(4)"],
        ["OMIT", "default=1", "default=E(3)"],
    ),
    (
        "ops.slice(%, %, %)",
        ["E(4, 5)", "K(4, 5)", "K(None, 5)", "A(3)"],
        ["[0, 1]", "(1, 0)", "[0]", "[3, 4]"],
        ["[2, 2]", "(2, -1)", "[2]", "[1, 1]"],
    ),
    (
        "ops.slice_update(%, %, %)",
        ["E(4, 5)", "K(4, 5)", "K(None, 5)", "A(4, 5)"],
        ["[0, 1]", "[0]", "(3, 4)"],
        ["E(2, 2)", "A(2)", "K(1, 1)", "E(9, 2)"],
    ),
    ("ops.take(%, %, mode='%')", ["E(3, 4)"], ["[0]"], ["clip"]),
    (
        "ops.threshold(%, %, %)",
        ["K()", "K(5)", "K(None, None, 2)", "A(3)", "E(2)", "K(2, dtype='float16')"],
        ["0.5", "1"],
        ["0.0", "2"],
    ),
    ("ops.top_k(%, %, %)", X, ["1", "2", "5", "0"], ["OMIT", "sorted=False"]),
    ("ops.trapezoid(%, %, %)", X, ["OMIT", "dx=2.0", "x=E(4)", "x=E(3)"], AXIS[:6]),
    (
        "ops.unique(%, %, %)",
        X,
        ["OMIT", "return_index=True", "return_inverse=True", "return_counts=True"],
        ["size=3", "axis=0, size=2", "size=2", "axis=5"],
    ),
    (
        "ops.unravel_index(%, %)",
        ["K(5, dtype='int32')", "E(5, dtype='int32')", "[1, 2]", "3", "K(None, 2, dtype='int64')", "E(4)"],
        ["(3, 4)", "[2, 2, 2]", "12", "(6,)"],
    ),
    (
        "ops.vander(%, %, %)",
        ["K(3)", "E(4)", "K(None)", "E(2, 2)", "[1, 2]", "E(3, dtype='int32')", "A(3)"],
        ["OMIT", "N=2", "N=1", "N=5"],
        ["OMIT", "increasing=True"],
    ),
    (
        "ops.view(%, dtype=%)",
        ["E(4)", "E(2, 4)", "K(None, 4)", "E(4, dtype='int32')", "K(2, 3, dtype='uint32')"],
        ["'int32'", "'float32'", "'uint32'", "None"],
    ),
    (
        "ops.view_as_complex(%)",
        [f"{x}({it})" for x in "KEA" for it in ["3, 2", "2", "4, 5, 2", "1, 1, 2", "2, 2", "0, 2", "3, 3"]],
    ),
    ("ops.view_as_real(%)", [*OPERANDS, "ops.view_as_complex(E(3, 2))", "ops.view_as_complex(K(None, 2))"]),
    (
        "ops.custom_gradient(lambda x: (%, lambda upstream: upstream))(%)",
        ["x * 2", "ops.sum(x)", "x[0]", "ops.exp(x)", "x"],
        ["E(2, 3)", "E(1)", "E(4)", "A(2, 2)"],
    ),
    (
        "ops.ctc_loss(%, %, %, %)",
        ["E(2, 3, dtype='int32')", "K(None, 3, dtype='int32')"],
        ["E(2, 8, 5)", "K(None, 8, 5)", "K(None, None, 5)"],
        ["E(2, dtype='int32')", "K(None, dtype='int32')"],
        ["E(2, dtype='int32')", "E(3, dtype='int32')"],
    ),
    (
        "ops.ctc_decode(%, %, %, %)",
        ["E(2, 8, 5)", "K(None, 8, 5)", "K(8, 5)"],
        ["E(2, dtype='int32')", "K(None, dtype='int32')"],
        ["OMIT", "strategy='beam_search'"],
        ["OMIT", "top_paths=2"],
    ),
    *[
        (
            "ops.jvp(lambda x: %, (E(%),), (E(%),))",
            ["x * 2", "ops.sum(x)", "x[0]", "ops.exp(x)", "ops.reshape(x, (-1,))"],
            [it],
            [it],
        )
        for it in ["2, 3", "4", "2, 2, 2", "1"]
    ],
    ("ops.angle(%)", ["E(2, dtype='complex64')", "E(2, dtype='complex128')"]),
    # Pictures.
    ("ops.image.%(%, %)", ["rgb_to_grayscale"], PICTURES, FORMAT),
    ("ops.image.%(%, %)", ["rgb_to_hsv"], PICTURES, FORMAT),
    ("ops.image.%(%, %)", ["hsv_to_rgb"], PICTURES, FORMAT),
    ("ops.image.%(%, %)", ["sobel_edges"], PICTURES, FORMAT),
    ("ops.image.%(%, %, %)", ["gaussian_blur"], PICTURES, ["OMIT", "kernel_size=(5, 3)", "kernel_size=3"], FORMAT[:2]),
    ("ops.image.elastic_transform(%, %, %)", PICTURES, ["OMIT", "alpha=3.0", "interpolation='nearest'"], FORMAT),
    (
        "ops.image.affine_transform(%, %, %)",
        PICTURES,
        ["E(8)", "E(2, 8)", "K(None, 8)", "E(2, 6)"],
        ["OMIT", "interpolation='nearest'", "fill_mode='nearest'"],
    ),
    (
        "ops.image.perspective_transform(%, %, %)",
        PICTURES,
        ["E(4, 2)", "E(2, 4, 2)", "E(3, 2)"],
        ["E(4, 2)", "K(None, 4, 2)", "E(2, 4, 2)"],
    ),
    (
        "ops.image.crop_images(%, %, %)",
        PICTURES,
        ["1, 2", "0, 0", "top_cropping=1, bottom_cropping=1"],
        [
            "target_height=4, target_width=3",
            "target_height=1, target_width=2",
            "left_cropping=1, target_width=3",
            "OMIT",
        ],
    ),
    (
        "ops.image.pad_images(%, %, %)",
        PICTURES,
        ["1, 2", "0, 0", "top_padding=1, bottom_padding=1"],
        [
            "target_height=14, target_width=15",
            "target_height=12, target_width=22",
            "left_padding=1, target_width=13",
            "OMIT",
        ],
    ),
    (
        "ops.image.scale_and_translate(%, %, %, E(2), (%), %)",
        PICTURES[:5],
        ["(2, 4, 4, 3)", "(4, 4, 3)", "(4, 4)"],
        ["E(2)", "E(3)"],
        ["1, 2", "0, 1"],
        ["'linear'", "'cubic'"],
    ),
    (
        "ops.image.ssim(%, %, %)",
        ["K(None, 16, 16, 3)", "E(16, 16, 1)"],
        ["K(None, 16, 16, 3)", "E(2, 16, 16, 3)"],
        ["OMIT", "max_val=255", "filter_size=17"],
    ),
    # Numbers drawn at random.
    *[
        (f"keras.random.{name}(%, %)", SIZES, ["OMIT", "dtype='float16'", "dtype='int32'", "seed=1"])
        for name in ["normal", "truncated_normal"]
    ],
    (
        "keras.random.uniform(%, %, %)",
        SIZES,
        ["OMIT", "minval=1", "maxval=5.0"],
        ["OMIT", "dtype='float16'", "dtype='int32'"],
    ),
    (
        "keras.random.randint(%, %, %, %)",
        SIZES,
        ["0", "2.0"],
        ["5", "1"],
        ["OMIT", "dtype='int64'", "dtype='float32'", "dtype='uint8'"],
    ),
    ("keras.random.beta(%, %, %, %)", SIZES, ["2.0", "1", "E(3)"], ["0.5", "E(2, 1)"], DTYPE[:3]),
    ("keras.random.binomial(%, %, %, %)", SIZES, ["2.0", "5", "E(3)"], ["0.5", "E(2, 1)"], DTYPE[:3]),
    ("keras.random.gamma(%, %, %)", SIZES, ["2.0", "1", "E(3)", "E(2, 1)"], DTYPE),
    ("keras.random.categorical(%, %, %)", LOGITS, ["1", "3", "0"], ["OMIT", "dtype='int64'", "dtype='float32'"]),
    ("keras.random.shuffle(%, %)", X, AXIS),
    ("keras.random.dropout(%, %, %)", X, ["0.5", "0", "1.5"], ["OMIT", "noise_shape=(1, 4)", "noise_shape=(2,)"]),
]
