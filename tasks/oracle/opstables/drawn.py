"""What calls drawn at random showed: types asked of ufuncs, matrices, pictures, sizes of -1, sets, places."""

A1 = ["A(4)", "A(2, 3)", "A(2, 3, dtype='int32')", "A(2, 3, dtype='bool')"]
FOURIER = ["A(2, 4, 6)", "E(2, 4, 6)", "E(2, 4, 6, dtype='complex64')", "A(4, 4, dtype='int32')"]
MATRICES = ["E(1, 1)", "E(3)", "E(2, 3, 4)", "E(3, 3, dtype='int32')"]
PICTURES = ["E(8, 8, 3)", "E(2, 8, 8, 3)", "E(8, 8)", "E(8, 8, 4)", "E(3)"]
IMAGES = ["K(None, 8, 8, 3)", "K(8, 8, 4)", "K(8, 8)", "E(8, 8, 3)", "E(8, 8, 4)", "K(8, 8, 3, dtype='int32')"]
TEMPLATES = [
    ("np.%(%, dtype=%)", ["sin", "abs", "isnan"], A1, ["'float32'", "'int32'", "'bool'"]),
    (
        "np.%(%, A(3), dtype=%)",
        ["add", "divide", "power", "hypot", "greater", "bitwise_and"],
        A1[1:],
        ["'float16'", "bool", "int"],
    ),
    (
        "np.%(%)",
        ["argwhere", "nonzero", "flatnonzero", "atleast_3d", "diagonal", "trace", "cov", "corrcoef", "fliplr", "triu"],
        [*A1, "A(2, 3, 4)"],
    ),
    ("np.%(%)", ["atleast_1d", "atleast_2d", "atleast_3d"], ["A(), A(2)", "A(3), A(2, 3), A(2, 3, 4)"]),
    ("np.%([A(2, 3), A(2, 3)])", ["dstack", "concat"]),
    ("np.average(A(2, 3), axis=%, returned=%)", ["0", "None"], ["True", "False"]),
    ("np.delete(A(5, 3), %, axis=0)", ["1", "[0, 1]", "[1, 1]"]),
    ("np.%(A(7, 4), %)", ["split", "vsplit", "hsplit"], ["[1, -1]", "[2]"]),
    ("np.%(%)", ["tril_indices", "triu_indices"], ["4", "4, 1", "3, k=-1", "3, m=5"]),
    ("np.%(A(4), A(3))", ["union1d", "setdiff1d", "convolve", "vdot"]),
    ("np.%(A(2, 3), A(3))", ["convolve", "searchsorted", "vdot"]),
    ("np.linalg.%(%)", ["svd", "inv", "det", "matrix_rank", "slogdet", "cholesky"], ["A(2, 3, 4)", "A(4)"]),
    ("np.polyfit(A(9), A(9), %)", ["1", "3"]),
    ("np.vander(A(3, dtype='%'))", ["float32", "int32"]),
    ("%.zeros((4, -1))", ["np", "tf", "ops", "tf.keras.backend"]),
    ("%((2, -1))", ["keras.random.normal", "tf.random.normal", "tf.keras.backend.random_normal"]),
    ("tf.signal.%(%)", ["fft", "fft2d", "ifft", "irfft", "rfft"], FOURIER),
    ("tf.linalg.%(%)", ["inv", "det", "cholesky", "trace"], MATRICES),
    ("tf.image.%(%)", ["rgb_to_grayscale", "rgb_to_hsv", "flip_left_right", "per_image_standardization"], PICTURES),
    ("tf.image.adjust_hue(%, 0.1)", PICTURES),
    ("tf.nn.crelu(E(2, 3), axis=%)", ["0", "-1", "2"]),
    ("tf.math.count_nonzero(E(2, 3), axis=%, keepdims=True)", ["0", "None"]),
    ("tf.nn.batch_normalization(E(2, 3), E(3), E(3), %, None, 0.1)", ["None", "E(4, 2, 3)"]),
    ("keras.ops.image.%(%)", ["rgb_to_hsv", "rgb_to_grayscale", "gaussian_blur"], IMAGES),
    ("keras.ops.image.%(K(8, 8, 3)%)", ["crop_images", "pad_images"], ["", ", 1, 1", ", 1, 1, 1, 1"]),
    ("ops.%(K(None, 3))", ["det", "qr", "svd"]),
    ("ops.%(%, dtype='%')", ["cumsum", "nancumprod"], ["K(3)", "E(3)"], ["bool", "float16"]),
    ("ops.linspace(0, 1, 5, retstep=%)", ["True", "False"]),
    ("ops.%(%)", ["vander", "triu", "rfft", "multi_hot"], ["E(4)", "E(2, 4, dtype='int32')"]),
    ("ops.dot_product_attention(%, %, %)", ["E(2, 3, 4)", "E(2, 3, 4, 5)"], ["E(2, 3, 4, 5)"], ["E(2, 3, 4, 5)"]),
    ("tf.keras.backend.%(%)", ["exp", "sigmoid", "softplus"], ["E(2, dtype='int32')", "E(2)"]),
    ("tf.keras.backend.arange(%)", ["2", "2.0", "2.0, dtype='float64'", "0, 4, dtype='int64'"]),
    ("tf.keras.backend.argmin(E(2, 3), axis=%)", ["None", "1"]),
]
