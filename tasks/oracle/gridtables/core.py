"""Dense, EinsumDense, embeddings, and the layers that leave the shape alone."""

from grid import OMIT

POLICIES = [OMIT, "float16", "mixed_float16", "float64"]
TYPES = ["float32", "int32", "float64", "bool"]
FLAG = [OMIT, False, True]
ANY = [(None, 8), (None, 10, 4), (None, None, 3), (4, 2, 3, 5), (None, 3, None), (None,), (2, 6)]

LAYERS = {
    "Dense": {
        "args": {
            "units": [5, 1],
            "use_bias": FLAG,
            "activation": [OMIT, "relu", "softmax"],
            "dtype": POLICIES,
        },
        "bad": {"units": [0, -3, 2.5, "4", None], "activation": ["nonsense"]},
        "inputs": [(None, 8), (None, 10, 4), (None, None, 3), (4, 2, 3, 5), (None, 3, None), (None,)],
        "dtypes": TYPES,
    },
    "EinsumDense": {
        "args": {
            "equation": ["abc,cd->abd"],
            "output_shape": [(None, 6), 6],
            "bias_axes": [OMIT, "d", "bd"],
            "activation": [OMIT, "relu"],
            "dtype": POLICIES,
        },
        "inputs": [(None, 7, 5), (None, None, 5), (2, 6, 3)],
        "dtypes": TYPES,
        "random": 20,
        "extra": [
            ({"equation": "ab,bc->ac", "output_shape": 64}, (None, 32)),
            ({"equation": "ab,bc->ac", "output_shape": 64, "bias_axes": "c"}, (None, 32)),
            ({"equation": "ab,bc->ac", "output_shape": 64, "bias_axes": "c"}, (None, 5, 32)),
            ({"equation": "abc,cd->abd", "output_shape": (None, 64), "bias_axes": "d"}, (None, 32, 128)),
            ({"equation": "abc,cd->abd", "output_shape": (32, 64), "bias_axes": "d"}, (None, 32, 128)),
            ({"equation": "abc,cd->abd", "output_shape": (31, 64), "bias_axes": "d"}, (None, 32, 128)),
            ({"equation": "abc,cd->abd", "output_shape": (31, 64), "bias_axes": "d"}, (None, None, 128)),
            ({"equation": "...x,xy->...y", "output_shape": 64, "bias_axes": "y"}, (None, 32, 128)),
            ({"equation": "...x,xy->...y", "output_shape": 64, "bias_axes": "y"}, (None, None, None, 128)),
            ({"equation": "...x,xy->...y", "output_shape": 64}, (None, 128)),
            ({"equation": "...x,xy->...y", "output_shape": (3, 64)}, (None, 3, 128)),
            ({"equation": "ab...,bc->ac...", "output_shape": 6}, (None, 4, 7, 8)),
            ({"equation": "ab...,bc->ac...", "output_shape": 6, "bias_axes": "c"}, (None, 4, 7, 8)),
            ({"equation": "ab...,bc->ac...", "output_shape": 6, "bias_axes": "c"}, (None, 4)),
            ({"equation": "a...,bc->ac...", "output_shape": 6}, (None, 4, 7)),
            ({"equation": "abc,cde->abde", "output_shape": (None, 4, 5), "bias_axes": "de"}, (None, 10, 8)),
            ({"equation": "abc,cde->abde", "output_shape": (None, 4, 5), "bias_axes": "e"}, (None, 10, 8)),
            ({"equation": "abc,cde->abde", "output_shape": (None, 4, 5), "bias_axes": "be"}, (None, 10, 8)),
            ({"equation": "abc,cde->abde", "output_shape": (None, 4, 5), "bias_axes": "b"}, (None, None, 8)),
            ({"equation": "abcd,cde->abe", "output_shape": (None, 7)}, (None, 10, 2, 8)),
            ({"equation": "abc,cd->adb", "output_shape": (6, None)}, (None, 10, 8)),
            ({"equation": "abc,bd->acd", "output_shape": (None, 6)}, (None, 10, 8)),
            ({"equation": "abc,cd->abd", "output_shape": (None, 6), "bias_axes": "z"}, (None, 10, 8)),
            ({"equation": "abc,cd->abz", "output_shape": (None, 6)}, (None, 10, 8)),
            ({"equation": "abc,cz->abd", "output_shape": (None, 6)}, (None, 10, 8)),
            ({"equation": "abc,cd", "output_shape": (None, 6)}, (None, 10, 8)),
            ({"equation": "abc,cd->abd", "output_shape": (None, 6)}, (None, 8)),
            ({"equation": "abc,cd->abd", "output_shape": (None, 6)}, (None, 3, 4, 8)),
            ({"equation": "abc,cd->abd", "output_shape": (None, None, 6)}, (None, 3, 8)),
            ({"equation": "abc,cd->abd", "output_shape": (6,)}, (None, 3, 8)),
            ({"equation": "abc,cd->abd", "output_shape": (None, 6)}, (None, 3, None)),
            ({"equation": "...bc,cd->...bd", "output_shape": (None, 6)}, (None, 3, 4, 8)),
        ],
    },
    "Embedding": {
        "args": {
            "input_dim": [10, 3],
            "output_dim": [4, 1],
            "mask_zero": FLAG,
            "input_length": [OMIT, 7],
            "dtype": POLICIES,
        },
        "bad": {"input_dim": [0, -1, 3.0, None, "5"], "output_dim": [0, 2.5, None]},
        "inputs": [(None, 8), (None,), (None, None), (None, 3, 4), (2, 6)],
        "dtypes": ["int32", "float32", "int64", "uint8", "float64"],
    },
    "ReversibleEmbedding": {
        "args": {
            "input_dim": [10, 3],
            "output_dim": [4, 1],
            "tie_weights": FLAG,
            "mask_zero": FLAG,
            "dtype": POLICIES,
        },
        "bad": {"input_dim": [0, -1, 3.0], "output_dim": [0, 2.5]},
        "inputs": [(None, 8), (None,), (None, None), (None, 3, 4), (2, 6)],
        "dtypes": ["int32", "float32", "int64"],
        "extra": [
            ({"call.reverse": reverse, "tie_weights": tied}, shape, "float32")
            for reverse in (True, False)
            for tied in (True, False)
            for shape in ((None, 7, 4), (2, 4), (None, None, 4))
        ],
    },
    "Masking": {
        "args": {"mask_value": [OMIT, 1.0, 0, -1], "dtype": POLICIES},
        "inputs": ANY,
        "dtypes": TYPES,
        "random": 20,
    },
    "Identity": {"args": {"dtype": POLICIES}, "inputs": ANY, "dtypes": TYPES, "random": 30},
    "Flatten": {
        "args": {"data_format": [OMIT, "channels_first", "channels_last"], "dtype": POLICIES},
        "bad": {"data_format": ["channel_last", 3]},
        "inputs": [*ANY, (None, 1), (None, 2, None, 3), (None, 3, 0), (3, 4, 5, 6)],
        "dtypes": [*TYPES, "uint8", "string"],
    },
    "Reshape": {
        "args": {
            "target_shape": [(4, 6), (-1,), (24,), (2, -1, 3), (5, -1), (25,), (), (-1, 1), [3, 8], (4, None), (0,)],
            "dtype": POLICIES,
        },
        "bad": {"target_shape": [(-1, -1), (-2, 3), 24, (2.0, 12), None, ("a",)]},
        "inputs": [(None, 24), (None, 4, 6), (2, 12, 2), (None, None, 6), (None, None), (None, 25), (None,), (None, 0)],
        "dtypes": TYPES,
        "random": 50,
    },
    "Permute": {
        "args": {"dims": [(2, 1), (1, 2), [2, 1], (3, 1, 2), (1,), (2, 3, 1)], "dtype": POLICIES},
        "bad": {"dims": [(0, 1), (1, 3), (1, 1), 1, (2,), (-1, 1), ("a",)]},
        "inputs": [(None, 4, 6), (None, None, 3), (2, 3, 4, 5), (None, 6), (None, None, 5, None)],
        "dtypes": TYPES,
    },
    "RepeatVector": {
        "args": {"n": [3, 1, 7], "dtype": POLICIES},
        "bad": {"n": [0, -1, 2.0, True, None, (3,)]},
        "inputs": [(None, 4), (2, 3), (None, None), (None, 2, 3), (None,)],
        "dtypes": TYPES,
        "random": 20,
    },
}
