"""Attention."""

from grid import OMIT

FLAG = [OMIT, True, False]
POLICIES = [OMIT, "mixed_float16", "float64"]
SCORES = {"call.return_attention_scores": FLAG}
QUERY_VALUE = [
    [(None, 6, 8), (None, 6, 8)],
    [(None, 6, 8), (None, 7, 8)],
    [(2, 6, 8), (2, 7, 8), (2, 7, 8)],
    [(None, None, 8), (None, None, 8)],
    [(None, None, 8), (None, 7, 8), (None, 7, 8)],
    [(None, 6, 8), (None, None, 8)],
    [(None, 6, 8), (None, 7, 8), (None, 5, 8)],
    [(None, 6, 8), (None, 7, 8), (None, None, 8)],
    [(2, 6, 8), (2, 7, 5), (2, 7, 8)],
    [(2, 6, 8), (2, 7, 8), (2, 7, 5)],
    [(2, 6, 8), (2, 7, 5)],
    [(2, 6, 8), (3, 7, 8)],
    [(None, 6, None), (None, 6, 8)],
    [(None, 6, 8), (None, 6, None)],
]
IMAGES = [[(None, 4, 5, 8), (None, 4, 5, 8)], [(2, 4, 5, 8), (2, 4, 5, 8)], [(2, 4, 5, 8), (2, 3, 5, 8)]]

LAYERS = {
    "MultiHeadAttention": {
        "args": {
            "num_heads": [2, 1, 3],
            "key_dim": [4, 5],
            "value_dim": [OMIT, 3, None],
            "use_bias": FLAG,
            "output_shape": [OMIT, 6, (3, 2), None, [7]],
            "attention_axes": [OMIT, 1, (1,), -2, None],
            "use_gate": FLAG,
            "dropout": [OMIT, 0.1],
            "sliding_window": [OMIT, 2],
            "dtype": POLICIES,
            **SCORES,
        },
        "bad": {
            "num_heads": [0, -1, 2.0, "2", None],
            "key_dim": [0, 2.5, None],
            "value_dim": [0, -1, 1.5],
            "attention_axes": [1.5, "1"],
            "sliding_window": [0, -1, 1.5],
            "output_shape": [2.5],
        },
        "inputs": QUERY_VALUE,
        "call": "positional",
        "bases": 3,
        "random": 80,
        "extra": [
            *[
                ({"attention_axes": axes, "call.return_attention_scores": scores}, x)
                for axes in [None, (1, 2), (2,), (1,), (-2,), (2, 1)]
                for x in IMAGES
                for scores in (False, True)
            ],
            ({}, [(None, 8), (None, 8)]),
            ({}, [(2, 8), (2, 8)]),
        ],
    },
    "GroupQueryAttention": {
        "args": {
            "head_dim": [4, 5],
            "num_query_heads": [4, 6],
            "num_key_value_heads": [2, 1],
            "use_bias": FLAG,
            "use_gate": FLAG,
            "dropout": [OMIT, 0.1],
            "sliding_window": [OMIT, 2],
            "dtype": POLICIES,
            **SCORES,
        },
        "bad": {"num_key_value_heads": [3, 0, 8], "sliding_window": [0, 1.5]},
        "inputs": QUERY_VALUE,
        "call": "positional",
        "bases": 3,
        "random": 60,
        "extra": [({}, [(None, 4, 5, 8), (None, 4, 5, 8)]), ({}, [(None, 8), (None, 8)])],
    },
    "Attention": {
        "args": {
            "use_scale": FLAG,
            "score_mode": [OMIT, "concat", "dot"],
            "dropout": [OMIT, 0.2],
            "dtype": POLICIES,
            **SCORES,
        },
        "bad": {"score_mode": ["Dot", "general", None]},
        "inputs": [*QUERY_VALUE, [(None, 6, 8)], [(2, 6, 8)] * 4, [(2, 3, 6, 8), (2, 3, 7, 8)], [(2, 6, 1), (2, 7, 8)]],
        "call": "list",
        "bases": 4,
        "random": 50,
    },
    "AdditiveAttention": {
        "args": {"use_scale": FLAG, "dropout": [OMIT, 0.2], "dtype": POLICIES, **SCORES},
        "inputs": [*QUERY_VALUE, [(None, 6, 8)], [(2, 6, 8)] * 4, [(2, 3, 6, 8), (2, 3, 7, 8)], [(2, 6, 1), (2, 7, 8)]],
        "call": "list",
        "bases": 4,
        "random": 40,
    },
}
