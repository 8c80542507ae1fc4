"""Further calls of functions of which a run refuses so many that the other tables leave fewer than twenty."""

MOST = 40
AGREED = True
MATRIX = ["K(2, 2)", "K(2, None, 3, 3)", "ops.eye(2)", "K(1, 1)", "K(None, 1, 1)", "np.eye(5)", "ops.eye(1)"]
CORNERS = "np.array([[0.0, 0.0], [0.0, 5.0], [5.0, 0.0], [5.0, 5.0]])"
WHOLE = ["K(3, dtype='int32')", "E(2, 3, dtype='int32')", "A(3, dtype='int32')", "K(None, 3, dtype='int32')"]
COUNTED = ["K(2, 5)", "K(None, 2, 3)", "A(2, 4)", "E(3, 3)", "A(2, 3, dtype='int32')"]
AXIS = ["axis=0", "axis=1", "axis=-1", "axis=-2"]
REAL = ["A(3, 1)", "E(1, 4)", "K(2, None)", "E(3, dtype='float64')", "K(2, 3, dtype='float16')"]

TEMPLATES = [
    ("ops.adaptive_average_pool(%, %)", ["K(None, 6, 6, 2)", "E(1, 9, 3)"], ["1", "3", "4"]),
    ("ops.argpartition(%, %)", ["K(2, 6)", "E(7)", "A(5)", "K(None, 3)"], ["0", "1", "2"]),
    ("ops.%(%, %)", ["bitwise_right_shift", "bitwise_xor", "gcd", "lcm", "left_shift", "right_shift"], WHOLE, ["2"]),
    ("ops.corrcoef(%)", ["K(2, 5)", "A(3, 4)", "E(4, 6)", "K(3, None)", "[[1, 2], [3, 5]]", "A(2, 3, dtype='int32')"]),
    (
        "ops.ctc_decode(%, %, %)",
        ["E(3, 8, 5)", "K(3, 8, 5)", "K(3, None, 4)"],
        ["E(3, dtype='int32')", "K(3, dtype='int32')"],
        ["mask_index=1", "merge_repeated=False", "OMIT"],
    ),
    ("ops.%(%, %)", ["cumprod", "nancumprod", "nancumsum"], COUNTED, AXIS),
    ("ops.depth_to_space(%, %)", ["K(None, 2, 3, 12)", "E(1, 2, 2, 16)", "K(1, None, 3, 4)", "A(2, 1, 1, 4)"], ["2"]),
    (
        "ops.fold(%, %, %, stride=%)",
        ["K(None, 12, 16)", "E(1, 8, 16)", "K(2, 4, 16)", "A(2, 16, 16)"],
        ["8", "(8, 8)"],
        ["2", "(2, 2)"],
        ["2"],
    ),
    ("ops.ifft2((%, %))", ["K(4, 8)", "E(2, 3, 4)", "A(3, 5)"], ["K(4, 8)", "E(2, 3, 4)", "A(3, 5)"]),
    (
        "ops.in_top_k(%, %, %)",
        ["K(None, dtype='int32')", "E(2, dtype='int32')", "A(2, dtype='int64')"],
        ["E(2, 5)", "K(2, 6)"],
        ["k=1", "k=3"],
    ),
    ("ops.%(%)", ["inv"], MATRIX),
    ("ops.%(%)", ["logdet"], MATRIX),
    ("ops.%(%)", ["lu_factor"], MATRIX),
    ("ops.%(%)", ["slogdet"], MATRIX),
    (
        "ops.layer_normalization(%, %, %)",
        ["K(2, 4)", "E(2, 3, 4)", "K(None, None, 4)"],
        ["OMIT", "gamma=K(4)", "beta=A(4)", "gamma=E(4), beta=E(4)"],
        ["OMIT", "epsilon=0.1"],
    ),
    (
        "ops.rms_normalization(%, %, %)",
        ["K(2, 4)", "E(3, 5, 4)", "A(4, 4)"],
        ["OMIT", "scale=K(4)"],
        ["OMIT", "axis=1"],
    ),
    ("ops.polar(%, %)", ["K(3, 4)", "A(4)", "K(2, 1)", "E(2, 4)"], ["K(3, 4)", "E(4)", "E(2, 4)"]),
    ("ops.psnr(%, %, %)", ["K(2, 3)", "E(2, 3)", "A(2, 3)"], ["K(2, 3)", "E(2, 3)"], ["1.0", "max_val=10"]),
    (
        "ops.scatter_update(%, %, %)",
        ["E(4, 3)", "K(4, 3)", "K(None, 3)"],
        ["[[0, 1], [1, 0]]", "np.array([[0, 0], [3, 2]])"],
        ["E(2)", "K(2)", "A(2)"],
    ),
    (
        "ops.segment_%(%, %, %)",
        ["max", "min", "prod"],
        ["K(3, 2)", "E(3)"],
        ["np.array([0, 0, 1])", "E(3, dtype='int32')"],
        ["num_segments=2", "num_segments=4"],
    ),
    (
        "ops.select([%, %], [%, %], %)",
        ["E(2, 3) > 0", "A(3) > 0"],
        ["E(2, 3) > 0", "E(2, 1) > 1"],
        ["E(2, 3)", "K(2, 3)"],
        ["E(3)", "A(2, 1)"],
        ["OMIT", "default=2.0"],
    ),
    (
        "ops.slice_update(%, %, %)",
        ["E(4, 5)", "K(4, 5)", "K(3, 9)"],
        ["[0, 1]", "[1, 0]", "ops.array([2, 2])"],
        ["E(2, 3)", "A(1, 2)"],
    ),
    ("ops.trapezoid(%, %)", ["K(3, 5)", "E(2, 3)", "A(4)", "K(None, None)"], ["OMIT", "dx=0.5", "axis=0"]),
    ("ops.tril(%, %)", ["K(3, 5)", "E(2, 3)", "A(4, 4)", "K(None, None)"], ["OMIT", "k=2", "k=-3"]),
    ("ops.vdot(%, %)", ["K(4)", "E(4)", "A(4)", "K(2, 3)", "E(2, 3)", "E()"], ["K(4)", "E(4)", "A(2, 2)", "K(2, 3)"]),
    ("ops.view_as_complex(%)", ["E(2, 3, 2)", "K(None, 2)", "K(None, None, 2)", "A(5, 2)", "E(1, 2)"]),
    (
        "ops.image.affine_transform(%, %, %)",
        ["K(2, 8, 8, 3)", "E(1, 5, 5, 3)", "K(None, 8, 8, 1)"],
        ["E(1, 8)", "A(8)"],
        ["OMIT", "fill_value=1.0", "fill_mode='reflect'"],
    ),
    ("ops.image.gaussian_blur(%, %)", ["K(1, 9, 9, 3)", "E(7, 7, 3)"], ["kernel_size=(3, 3)", "sigma=(2.0, 2.0)"]),
    (
        "ops.image.perspective_transform(%, %, %)",
        ["E(6, 6, 3)", "E(6, 6, 1)", "A(5, 7, 3)"],
        [CORNERS],
        [CORNERS, f"{CORNERS} * 2"],
    ),
    (
        "keras.activations.%(%)",
        ["elu", "gelu", "hard_shrink", "hard_tanh", "selu", "silu", "swish"],
        REAL,
    ),
    (
        "keras.activations.%(%)",
        ["soft_shrink", "softplus", "sparse_plus", "sparse_sigmoid", "squareplus"],
        REAL,
    ),
    ("keras.activations.get(%)(%)", ["'gelu'", "'softmax'", "None", "keras.activations.tanh", "'elu'"], REAL),
    (
        "keras.utils.to_categorical(%, %)",
        ["[0, 1, 2]", "A(4, dtype='int32')", "A(2, 3)", "E(3, 1, dtype='int64')", "np.array([[0, 2]])"],
        ["OMIT", "3", "num_classes=5", "num_classes=4"],
    ),
    ("keras.utils.to_categorical(%, %)", ["[0, 1, 2]", "[4]", "np.array([0, 3])"], ["1", "num_classes=3"]),
    (
        "keras.utils.normalize(%, %, %)",
        ["A(2, 3)", "E(4, 3)", "[[1.0, 2.0]]", "A(3)", "K(None, 4)"],
        ["OMIT", "axis=0", "axis=1"],
        ["OMIT", "order=1"],
    ),
    (
        "keras.utils.pad_sequences(%, %, %)",
        ["[[1, 2], [3]]", "[[1], [2, 3, 4]]", "[1, 2]"],
        ["OMIT", "maxlen=2", "maxlen=5"],
        ["OMIT", "padding='post'", "dtype='float32'", "truncating='post'"],
    ),
    (
        "keras.utils.img_to_array(%, %)",
        ["A(4, 5, 3)", "A(4, 5)", "A(3, 4, 5)", "A(2, 4, 5, 3)", "A(4, 5, 3, dtype='uint8')"],
        ["OMIT", "dtype='float64'", "data_format='channels_first'", "data_format='channels_last'"],
    ),
    (
        "ops.sparse_categorical_crossentropy(%, %)",
        ["K(None, 1, dtype='int32')", "E(2, 1, dtype='int32')", "K(None, dtype='int32')"],
        ["K(None, 4)", "K(None, 1)", "E(2, 3)"],
    ),
    ("ops.categorical_crossentropy(%, %, axis=%)", ["K(None, 4)"], ["K(None, 4)"], ["0", "1", "2"]),
    ("ops.kron(%, %)", ["K(2, 3, 4)", "K(None, 3)"], ["K(None, 4)", "K(2, 2, 2)"]),
    (
        "ops.image.%_images(%, %, left_%=1, target_width=3)",
        ["crop"],
        ["K(None, None, 8, 3)", "K(None, None, None, 3)", "K(None, 8, None, 3)"],
        ["target_height=4, top_cropping=1", "top_cropping=1, bottom_cropping=1"],
        ["cropping"],
    ),
    ("ops.full(%, %)", ["(2, 3)", "(3,)", "()"], ["E(3)", "E(2, 1)", "E()", "E(3, dtype='int32')", "E(2)"]),
]
