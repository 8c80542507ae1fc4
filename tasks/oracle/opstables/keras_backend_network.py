"""Convolutions, pools, padding, CTC and the like of tf.keras.backend, which Keras 3 keeps for old programs."""

K = "tf.keras.backend."
IMAGES = "E(2, 9, 8, 3)"
PADDINGS = ["OMIT", "'same'", "'valid'"]
TEMPLATES = [
    (
        K + "conv1d(%, %, strides=%, padding=%)",
        ["E(2, 9, 3)"],
        ["E(3, 3, 5)", "E(2, 4, 5)"],
        ["OMIT", "2"],
        [*PADDINGS, "'causal'"],
    ),
    (K + "conv1d(E(2, 9, 3), E(3, 3, 5), dilation_rate=%)", ["1", "2"]),
    (
        K + "conv2d(%, %, strides=%, padding=%)",
        [IMAGES],
        ["E(3, 2, 3, 5)", "E(3, 3, 4, 5)"],
        ["OMIT", "(2, 1)"],
        PADDINGS,
    ),
    (K + "conv2d(%, E(3, 3, 3, 5), dilation_rate=%)", [IMAGES], ["(2, 2)"]),
    (
        K + "conv3d(%, %, strides=%, padding=%)",
        ["E(2, 7, 6, 5, 3)"],
        ["E(3, 2, 1, 3, 4)"],
        ["OMIT", "(2, 1, 1)"],
        PADDINGS,
    ),
    (K + "depthwise_conv2d(%, %, strides=%, padding=%)", [IMAGES], ["E(3, 3, 3, 2)"], ["OMIT", "(2, 2)"], PADDINGS),
    (K + "separable_conv2d(%, E(3, 3, 3, 2), E(1, 1, 6, 4), padding=%)", [IMAGES], PADDINGS),
    (
        K + "conv2d_transpose(%, E(3, 3, 5, 3), %, strides=(2, 2), padding='same')",
        [IMAGES],
        ["(2, 18, 16, 5)", "(2, 17, 15, 5)"],
    ),
    (
        K + "pool2d(%, %, strides=%, padding=%, pool_mode=%)",
        [IMAGES],
        ["(2, 2)", "(3, 2)"],
        ["OMIT", "(2, 2)"],
        ["OMIT", "'same'"],
        ["OMIT", "'avg'"],
    ),
    (K + "pool3d(%, %, strides=%)", ["E(2, 7, 6, 5, 3)"], ["(2, 2, 2)"], ["OMIT", "(2, 2, 2)"]),
    (K + "resize_volumes(%, 2, 3, 1, 'channels_last')", ["E(2, 3, 4, 5, 2)"]),
    (K + "spatial_3d_padding(%, padding=%)", ["E(2, 3, 4, 5, 2)"], ["OMIT", "((1, 2), (3, 4), (0, 1))"]),
    (K + "%(%, 0.0, 1.0)", ["random_normal_variable", "random_uniform_variable"], ["(2, 3)", "(4,)"]),
    (K + "in_top_k(%, %, 2)", ["E(2, 3)"], ["E(2, dtype='int32')"]),
    (
        K + "ctc_batch_cost(%, %, %, %)",
        ["np.ones((2, 3), 'int32')"],
        ["tf.nn.softmax(E(2, 9, 5))"],
        ["np.full((2, 1), 9)"],
        ["np.full((2, 1), 3)"],
    ),
    (K + "binary_focal_crossentropy(%, %)", ["E(2, 3)"], ["E(2, 3)"]),
    (K + "categorical_focal_crossentropy(%, %)", ["E(2, 3)"], ["E(2, 3)"]),
    (K + "map_fn(lambda x: x * 2, %)", ["E(2, 3)", "E(4)"]),
    ("ops.ctc_decode(%, %)", ["E(2, 9, 5)", "K(2, 9, 5)", "K(None, 9, 5)"], ["np.full((2,), 9)"]),
    (
        "ops.ctc_decode(%, np.full((2,), 9), strategy='beam_search', top_paths=%)",
        ["E(2, 9, 5)", "K(2, 9, 5)"],
        ["1", "3"],
    ),
]
