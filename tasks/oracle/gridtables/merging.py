"""Layers of several tensors."""

from grid import OMIT

PAIRS = [
    [(None, 10, 8), (None, 10, 8)],
    [(None, 10, 8), (None, 1, 8)],
    [(None, None, 8), (None, 10, 8)],
    [(None, 10, 8), (None, 10, 7)],
    [(None, 8), (None, 10, 8)],
    [(None, 10, 8), (None, 8)],
    [(None, 10), (None, 10, 8)],
    [(4, 8), (None, 8)],
    [(4, 8), (5, 8)],
    [(1, 8), (5, 8)],
    [(4, 3, 8), (4, 3, 8)],
    [(None, 1, 1), (None, 5, 6)],
    [(None, 1), (None, None)],
    [(None,), (None, 4)],
    [(None,), (None,)],
    [(None, 8), (None, 8), (None, 8)],
    [(None, 1), (None, 8), (None, 1)],
    [(None, 3, 1), (None, 1, 4), (None, 3, 4)],
    [(None, 2, 1), (None, 1, 4), (None, 3, 4)],
    [(None, None), (None, 5), (None, 6)],
    [(None, 6)],
    [(2, 3, 4, 5), (5,)],
    [(2, 3, 4, 5), (2, 4, 5)],
    [(None, 2, 3, 4, 5), (None, 4, 5), (None, 5)],
]
TYPES = ["float32", "int32", ("float32", "int32"), ("float64", "float32"), ("float16", "int32"), "bool", "int64"]
ELEMENTWISE = {"args": {"dtype": [OMIT, "mixed_float16", "float64"]}, "inputs": PAIRS, "call": "list", "random": 30}
TWO = [pair for pair in PAIRS if len(pair) == 2]

LAYERS = {
    **{
        name: {**ELEMENTWISE, "extra": [({}, [(None, 5), (None, 5)], d) for d in TYPES]}
        for name in ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]
    },
    "Concatenate": {
        "args": {"axis": [OMIT, 1, -1, 2, -2, 0, 3, -4], "dtype": [OMIT, "mixed_float16"]},
        "inputs": PAIRS
        + [
            [(None, 10, 8), (None, 10, 4)],
            [(None, 4, 8), (None, None, 8)],
            [(None, 4, None), (None, None, 8)],
            [(None, 4, 4, 3), (None, 4, 4, 5), (None, 4, 4, 1)],
            [(None, 4, 4, 3), (None, 4, 5, 3)],
        ],
        "bases": 3,
        "call": "list",
        "random": 60,
        "extra": [({}, [(None, 5), (None, 6)], d) for d in TYPES],
    },
    "Dot": {
        "args": {
            "axes": [1, -1, 2, (1, 2), (2, 1), (-1, 1), (1, -1), 3],
            "normalize": [OMIT, True],
            "dtype": [OMIT, "float64"],
        },
        "bad": {"axes": [None, 1.0, (1,), (1, 2, 3), (1, 2.0), "1"]},
        "inputs": [
            [(None, 8), (None, 8)],
            [(None, 5, 8), (None, 5, 8)],
            [(None, 5, 8), (None, 8, 6)],
            [(None, 5, 8), (None, 8)],
            [(None, 8), (None, 5, 8)],
            [(None, 5, None), (None, 5, 6)],
            [(None, None, 8), (None, None, 8)],
            [(2, 5, 8, 3), (2, 8, 5)],
            [(2, 5, 5), (2, 5, 5, 4)],
            [(None, 5, 8), (None, 5, 8), (None, 5, 8)],
            [(None, 5, 8)],
            [(2, 5, 4), (3, 5, 4)],
            [(None, 5, 5), (None, 5, 5)],
            [(None, 4, 3, 2), (None, 2, 3, 4)],
        ],
        "bases": 5,
        "call": "list",
        "random": 50,
        "extra": [({"axes": 1}, [(None, 5), (None, 5)], d) for d in TYPES],
    },
}
