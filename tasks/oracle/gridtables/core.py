"""Dense, the convolutions and what else works axis by axis."""

from grid import OMIT

ONE = [(None, 12, 4), (None, None, 6), (None, 3, 4), (2, 9, 1), (None, 12, None), (None, 8), (None, 5, 6, 4)]
TWO = [(None, 12, 10, 4), (None, None, None, 6), (None, None, 8, 4), (None, 2, 9, 4), (3, 7, 7, 1), (None, 8, 8, None), (None, 5, 4)]
THREE = [(None, 8, 7, 6, 4), (None, None, 8, None, 6), (None, 2, 5, 5, 4), (2, 4, 4, 4, 1), (None, 5, 4, 3)]
SPATIAL = {1: ONE, 2: TWO, 3: THREE}
POLICIES = [OMIT, "float16", "mixed_float16", "float64"]

LAYERS = {
    "Dense": {
        "args": {
            "units": [5, 1],
            "use_bias": [OMIT, False, True],
            "activation": [OMIT, "relu", "softmax"],
            "dtype": POLICIES,
        },
        "bad": {"units": [0, -3, 2.5, "4", None], "activation": ["nonsense"]},
        "inputs": [(None, 8), (None, 10, 4), (None, None, 3), (4, 2, 3, 5), (None, 3, None), (None,)],
        "dtypes": ["float32", "int32", "float64", "bool"],
    },
}
