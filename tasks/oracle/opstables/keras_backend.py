"""tf.keras.backend, which Keras 3 keeps for old programs."""

K = "tf.keras.backend."
ONE = """
    abs exp log sqrt square sign cos sin round sigmoid tanh softplus softsign hard_sigmoid relu elu
    softmax flatten batch_flatten transpose stop_gradient zeros_like ones_like cast_to_floatx l2_normalize
""".split()
X = ["E(2, 3, 4)", "E(2, 3)", "E(5)", "K(None, 4)"]
TEMPLATES = [
    *[(f"{K}{name}(%)", X) for name in ONE],
    *[
        (
            f"{K}{name}(%, axis=%, keepdims=%)",
            ["E(2, 3, 4)", "E(5)"],
            ["OMIT", "0", "-1", "[0, 1]", "5"],
            ["OMIT", "True"],
        )
        for name in "sum mean max min prod std var".split()
    ],
    (K + "%(%, axis=%)", ["argmax", "argmin"], ["E(2, 3)", "E(2, 3, 4)"], ["OMIT", "0", "1"]),
    (K + "%(%, axis=%)", ["any", "all"], ["E(2, 3, dtype='bool')"], ["OMIT", "0"]),
    (K + "mean(%)", ["E(2, 3, dtype='bool')", "E(2, dtype='int32')"]),
    (K + "%(%, axis=%)", ["cumsum", "cumprod"], ["E(2, 3)"], ["OMIT", "1"]),
    (K + "dot(%, %)", ["E(2, 3)", "E(4, 2, 3)", "E(3)"], ["E(3, 5)", "E(5, 3, 2)", "E(4, 5)", "E(3, 1)"]),
    (
        K + "batch_dot(%, %, axes=%)",
        ["E(2, 3, 4)", "E(2, 4)", "E(2, 3)"],
        ["E(2, 4, 5)", "E(2, 4)", "E(2, 5, 4)", "E(2, 3)"],
        ["OMIT", "1", "2", "(1, 1)", "(2, 2)", "[2, 1]"],
    ),
    (K + "bias_add(%, %)", ["E(2, 3)", "E(2, 4, 3)"], ["E(3)"]),
    (K + "reshape(%, %)", ["E(2, 3, 4)", "K(None, 4)"], ["(-1, 4)", "[2, 12]", "(5, 5)"]),
    (K + "permute_dimensions(%, %)", ["E(2, 3, 4)"], ["(0, 2, 1)", "[2, 1, 0]", "(0, 1)"]),
    (K + "expand_dims(%, axis=%)", ["E(2, 3)"], ["OMIT", "0", "1", "-2"]),
    (K + "squeeze(%, axis=%)", ["E(2, 1, 3)"], ["1", "0", "-2"]),
    (K + "concatenate([%, %], axis=%)", ["E(2, 3)"], ["E(2, 3)", "E(2, 4)", "E(1, 3)"], ["OMIT", "0", "1"]),
    (K + "stack([%, %], axis=%)", ["E(2, 3)"], ["E(2, 3)", "E(2, 4)"], ["OMIT", "1", "-1"]),
    (K + "tile(%, %)", ["E(2, 3)"], ["[2, 1]", "(1, 2)", "2"]),
    (K + "repeat(%, %)", ["E(2, 3)"], ["2", "5"]),
    (K + "repeat_elements(%, %, axis=%)", ["E(2, 3)"], ["2"], ["0", "1", "-1"]),
    (K + "reverse(%, axes=%)", ["E(2, 3)"], ["0", "[1]", "-1"]),
    (K + "gather(%, %)", ["E(5, 3)"], ["[0, 1]", "[[0], [1]]"]),
    (K + "one_hot(%, %)", ["E(2, dtype='int32')", "[0, 1]"], ["3", "num_classes=4"]),
    (K + "cast(%, %)", ["E(2, 3)"], ["'int32'", "'float16'", "'bool'", "dtype='float64'"]),
    (K + "clip(%, 0, 1)", X),
    (K + "pow(%, 2)", X),
    (
        K + "%(%, %)",
        ["maximum", "minimum", "equal", "greater", "less", "not_equal", "less_equal"],
        ["E(2, 3)"],
        ["E(2, 3)", "E(3)", "0.5", "E(4)"],
    ),
    (K + "switch(%, %, %)", ["E(2, 3, dtype='bool')", "E(2, 3) > 0", "True"], ["E(2, 3)"], ["E(2, 3)"]),
    (K + "int_shape(%)", ["E(2, 3)", "K(None, 4)"]),
    (K + "shape(%)", ["E(2, 3)", "E(5)"]),
    (K + "shape(%)[0]", ["E(2, 3)"]),
    (K + "ndim(%)", ["E(2, 3)", "E(5)"]),
    (K + "dtype(%)", ["E(2, 3)", "E(5, dtype='int32')"]),
    (K + "%(%)", ["zeros", "ones"], ["(2, 3)", "(2,), 'int32'", "shape=(4,)"]),
    (K + "eye(%)", ["3", "3, dtype='int32'"]),
    (K + "arange(%)", ["5", "1, 5", "0, 10, 3", "5, dtype='float32'"]),
    (K + "constant(%)", ["1.0", "[1, 2]", "0, shape=(2, 3)", "[1, 2], dtype='int32'", "A(2, 3)"]),
    (K + "variable(%)", ["1.0", "[1, 2]", "A(2, 3)"]),
    (
        K + "%(%)",
        ["random_normal", "random_uniform", "truncated_normal"],
        ["(2, 3)", "shape=(4,)", "(2,), dtype='float16'"],
    ),
    (K + "binary_crossentropy(%, %)", ["E(2, 3)"], ["E(2, 3)"]),
    (K + "categorical_crossentropy(%, %)", ["E(2, 3)"], ["E(2, 3)"]),
    (K + "sparse_categorical_crossentropy(%, %)", ["E(2, dtype='int32')"], ["E(2, 3)"]),
    (K + "dropout(%, %)", ["E(2, 3)"], ["0.5", "level=0.2"]),
    (K + "is_keras_tensor(%)", ["E(2)", "K(None, 2)"]),
    (K + "%()", ["floatx", "epsilon", "image_data_format", "backend"]),
]
TEMPLATES += [
    (K + "resize_images(%, 2, 3, 'channels_last')", ["E(2, 4, 5, 3)"]),
    (K + "temporal_padding(%, padding=%)", ["E(2, 4, 3)"], ["OMIT", "(2, 3)"]),
    (K + "spatial_2d_padding(%, padding=%)", ["E(2, 4, 5, 3)"], ["OMIT", "((1, 2), (3, 4))"]),
    (K + "count_params(%)", ["E(2, 3)"]),
]
