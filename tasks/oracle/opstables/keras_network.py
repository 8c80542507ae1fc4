"""keras.ops of networks and images, keras.random."""

F = ["OMIT", "'channels_last'", "'channels_first'"]
P = ["'valid'", "'same'"]
TEMPLATES = [
    (
        "ops.conv(%, %, strides=%, padding=%)",
        ["K(None, 8, 8, 3)", "E(2, 8, 8, 3)", "K(None, None, 8, 3)"],
        ["A(3, 3, 3, 5)", "E(2, 2, 3, 4)", "A(3, 3, 4, 5)", "A(3, 3, 5)"],
        ["1", "2", "(1, 2)"],
        P,
    ),
    (
        "ops.conv(%, %, dilation_rate=%, padding=%)",
        ["K(None, 12, 3)", "E(2, 12, 3)"],
        ["A(3, 3, 5)", "E(2, 3, 4)"],
        ["1", "2"],
        P,
    ),
    (
        "ops.depthwise_conv(%, %, padding=%)",
        ["K(None, 8, 8, 3)", "E(2, 8, 8, 3)"],
        ["A(3, 3, 3, 2)", "A(3, 3, 3, 1)"],
        P,
    ),
    ("ops.separable_conv(%, A(3, 3, 3, 2), A(1, 1, 6, 7), padding=%)", ["K(None, 8, 8, 3)", "E(2, 8, 8, 3)"], P),
    (
        "ops.conv_transpose(%, %, strides=%, padding=%)",
        ["K(None, 8, 8, 3)", "E(2, 4, 5, 3)"],
        ["A(3, 3, 5, 3)", "A(2, 2, 4, 3)"],
        ["1", "2"],
        P,
    ),
    (
        "ops.%(%, %, strides=%, padding=%)",
        ["max_pool", "average_pool"],
        ["K(None, 8, 9, 3)", "E(2, 8, 8, 3)", "K(None, None, 8, 3)"],
        ["2", "(2, 3)"],
        ["OMIT", "1", "(1, 2)"],
        P,
    ),
    ("ops.binary_crossentropy(%, %)", ["K(None, 4)", "E(2, 4)"], ["K(None, 4)", "E(2, 4)", "K(None, 3)"]),
    ("ops.categorical_crossentropy(%, %)", ["K(None, 4)", "E(2, 4)"], ["K(None, 4)", "E(2, 4)"]),
    (
        "ops.sparse_categorical_crossentropy(%, %)",
        ["K(None, dtype='int32')", "E(2, dtype='int32')"],
        ["K(None, 4)", "E(2, 4)"],
    ),
    ("ops.batch_normalization(%, %, %, %)", ["K(None, 4)", "E(2, 4)"], ["A(4)"], ["A(4)"], ["-1", "1"]),
    ("ops.layer_normalization(%)", ["K(None, 4)", "E(2, 4)"]),
    ("ops.rms_normalization(%)", ["K(None, 4)", "E(2, 4)"]),
    ("ops.normalize(%, axis=%)", ["K(None, 4)", "E(2, 4)"], ["OMIT", "0", "1"]),
    ("ops.glu(%, axis=%)", ["K(None, 4)", "E(2, 6)", "K(None, 5)"], ["OMIT", "-1", "1"]),
    (
        "ops.dot_product_attention(%, %, %)",
        ["K(None, 5, 2, 4)", "E(3, 5, 2, 4)"],
        ["K(None, 6, 2, 4)", "E(3, 6, 2, 4)"],
        ["K(None, 6, 2, 4)", "E(3, 6, 2, 4)"],
    ),
    (
        "ops.image.resize(%, %)",
        ["K(None, 8, 8, 3)", "E(8, 8, 3)", "K(None, None, None, 1)", "E(2, 3)"],
        ["(4, 5)", "[16, 16]", "(4,)", "4"],
    ),
    (
        "ops.image.resize(E(2, 8, 8, 3, dtype='%'), (4, 4), interpolation='%')",
        ["uint8", "float16", "int32"],
        ["bilinear", "nearest"],
    ),
    (
        "ops.image.crop_images(%, %)",
        ["K(None, 8, 9, 3)", "E(8, 9, 3)"],
        [
            "top_cropping=1, left_cropping=2, target_height=4, target_width=5",
            "1, 2, 3, 4",
            "bottom_cropping=1, right_cropping=1, target_height=2, target_width=2",
        ],
    ),
    (
        "ops.image.pad_images(%, %)",
        ["K(None, 8, 9, 3)", "E(8, 9, 3)"],
        ["1, 2, target_height=12, target_width=15", "1, 2, 3, 4"],
    ),
    (
        "ops.image.extract_patches(%, %, strides=%, padding=%)",
        ["K(None, 8, 9, 3)", "E(2, 8, 9, 3)", "E(8, 9, 3)"],
        ["2", "(3, 2)"],
        ["OMIT", "1", "(2, 1)"],
        P,
    ),
    ("ops.image.rgb_to_grayscale(%)", ["K(None, 8, 9, 3)", "E(8, 9, 3)"]),
    ("ops.image.%(%)", ["rgb_to_hsv", "hsv_to_rgb"], ["K(None, 8, 9, 3)", "E(8, 9, 3)"]),
    (
        "keras.random.%(%)",
        ["normal", "uniform", "truncated_normal"],
        ["(2, 3)", "(4,)", "(2, 3), dtype='float16'", "[2, 3], 0.0, 1.0"],
    ),
    ("keras.random.randint(%)", ["(2, 3), 0, 5", "(2,), 1, 3, dtype='int64'"]),
    ("keras.random.shuffle(%)", ["E(3, 4)", "A(3)"]),
    ("keras.random.dropout(%, 0.5)", ["E(3, 4)", "A(3)"]),
    ("keras.random.categorical(%, %)", ["E(3, 4)", "A(3, 5)"], ["2", "num_samples=1"]),
]
