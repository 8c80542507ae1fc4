"""Recurrent layers, their cells and the wrappers."""

from grid import OMIT, Of

FLAG = [OMIT, True, False]
POLICIES = [OMIT, "mixed_float16", "float64"]
SERIES = [
    (None, 10, 5),
    (None, None, 5),
    (4, 7, 3),
    (None, 1, 1),
    (None, 10, None),
    (None, 5),
    (None, 4, 5, 6),
    (2, None, 3),
]
STATE = {
    "return_sequences": FLAG,
    "return_state": FLAG,
    "stateful": [OMIT, True],
    "go_backwards": [OMIT, True],
    "unroll": [OMIT, True],
}
BAD_UNITS = [0, -3, 2.5, "4", None, [4], -0.5]
UNITS = {"units": [4, 1], "use_bias": FLAG, "activation": [OMIT, "relu", None], "dtype": POLICIES}
GATED = {"recurrent_activation": [OMIT, "hard_sigmoid"]}
RESET = {"reset_after": FLAG}
BAD = {"units": BAD_UNITS, "activation": ["nonsense"]}
# Unrolled, an unknown length fails only when it runs, which the symbolic answer does not know.
SEQUENCE = {"bad": BAD, "inputs": SERIES, "dtypes": ["float32", "int32", "float64"], "random": 60, "call": "state"}
STATES = [
    ({}, [(None, 10, 5), (None, 4), (None, 4)]),
    ({}, [(None, 10, 5), (None, 4)]),
    ({"return_state": True}, [(3, 10, 5), (3, 4), (3, 4)]),
    ({"return_state": True}, [(3, 10, 5), (3, 4)]),
]
CELL = {
    "bad": BAD,
    "inputs": [
        [(None, 5), (None, 4)],
        [(None, 5), (None, 4), (None, 4)],
        [(3, 5), (3, 4)],
        [(3, 5), (3, 6)],
        [(None, None), (None, 4)],
        [(3, 5), (3, 4), (3, 4)],
        [(3, 5), (3, 4), (3, 6)],
        [(1, 1), (1, 1)],
    ],
    "call": "state",
    "random": 40,
    "bases": 3,
}
LSTM, GRU, RNN, CELLS = (
    (lambda **k: Of("LSTM", **{"units": 4, **k})),
    (lambda **k: Of("GRU", **{"units": 3, **k})),
    "RNN",
    None,
)
SIMPLE = Of("SimpleRNN", units=2)
LSTM_CELL, GRU_CELL, SIMPLE_CELL = Of("LSTMCell", units=4), Of("GRUCell", units=3), Of("SimpleRNNCell", units=2)
CONV = lambda **k: Of("ConvLSTM2D", **{"filters": 3, "kernel_size": 3, **k})

CONV_LSTM = {
    "filters": [3, 1],
    "strides": [OMIT, 2],
    "padding": [OMIT, "same", "VALID"],
    "data_format": [OMIT, "channels_first", "channels_last", None],
    "dilation_rate": [OMIT, 2],
    "use_bias": FLAG,
    "return_sequences": FLAG,
    "return_state": FLAG,
    "stateful": [OMIT, True],
    "dtype": POLICIES,
}
BAD_CONV = {
    "filters": [0, -1],
    "padding": ["causal", "nonsense"],
    "activation": ["nonsense"],
    "data_format": ["channels"],
}

# What TimeDistributed is given for steps that are vectors, series and images.
PER_VECTOR = [
    Of("Dense", units=6),
    Of("Flatten"),
    Of("BatchNormalization"),
    Of("Dropout", rate=0.5),
    Of("Activation", activation="relu"),
    Of("Reshape", target_shape=(-1, 2)),
    Of("LayerNormalization"),
    Of("Dense", units=3, dtype="float64"),
    Of("Identity"),
    Of("RepeatVector", n=3),
    Of("Embedding", input_dim=9, output_dim=4),
]
PER_SERIES = [
    LSTM(),
    LSTM(return_sequences=True),
    GRU(),
    Of("GlobalAveragePooling1D"),
    Of("TimeDistributed", layer=Of("Dense", units=2)),
    Of("Bidirectional", layer=LSTM()),
    Of("Conv1D", filters=2, kernel_size=3),
    Of("Permute", dims=(2, 1)),
    Of("Flatten"),
]
PER_IMAGE = [
    Of("Conv2D", filters=4, kernel_size=3),
    Of("GlobalAveragePooling2D"),
    Of("MaxPooling2D"),
    Of("Flatten"),
    Of("BatchNormalization"),
    Of("ZeroPadding2D"),
    Of("Conv2D", filters=4, kernel_size=9),
]

LAYERS = {
    "SimpleRNN": {**SEQUENCE, "args": {**UNITS, **STATE}, "extra": STATES},
    "LSTM": {**SEQUENCE, "args": {**UNITS, **GATED, **STATE}, "extra": STATES},
    "GRU": {**SEQUENCE, "args": {**UNITS, **GATED, **RESET, **STATE}, "extra": STATES},
    "SimpleRNNCell": {**CELL, "args": UNITS},
    "LSTMCell": {**CELL, "args": {**UNITS, **GATED}},
    "GRUCell": {**CELL, "args": {**UNITS, **GATED, **RESET}},
    "RNN": {
        "args": {
            "cell": [
                LSTM_CELL,
                GRU_CELL,
                SIMPLE_CELL,
                [LSTM_CELL, GRU_CELL],
                [GRU_CELL, SIMPLE_CELL, GRU_CELL],
                [LSTM_CELL],
                Of("StackedRNNCells", cells=[LSTM_CELL, LSTM_CELL]),
                Of("StackedRNNCells", cells=[SIMPLE_CELL]),
            ],
            **STATE,
            "dtype": [OMIT, "float64"],
        },
        "bad": {"cell": [4, "LSTMCell", None, Of("Dense", units=3), [LSTM_CELL, Of("Dense", units=3)]]},
        "inputs": SERIES,
        "bases": 4,
        "random": 80,
    },
    "StackedRNNCells": {
        "args": {
            "cells": [
                [LSTM_CELL, GRU_CELL],
                [Of("LSTMCell", units=4, use_bias=False), Of("GRUCell", units=3, reset_after=False)],
            ]
        },
        "bad": {"cells": [[Of("Dense", units=3)], [4]]},
        "inputs": [[(n, f), (n, 4), (n, 4), (n, 3)] for n in (None, 3) for f in (5, 1, 8, 16, None)],
        "bases": 10,
        "call": "stack",
        "random": 0,
    },
    "ConvLSTM1D": {
        "args": {"kernel_size": [3, 2, (4,)], **CONV_LSTM},
        "bad": {**BAD_CONV, "kernel_size": [0, (3, 3), "3"]},
        "inputs": [
            (None, 4, 9, 3),
            (2, 3, 8, 5),
            (None, None, 7, 2),
            (None, 4, None, 3),
            (None, 4, 9, None),
            (None, 9, 3),
            (None, 4, 2, 3),
        ],
        "random": 60,
    },
    "ConvLSTM2D": {
        "args": {"kernel_size": [3, (2, 3), [1, 2]], **CONV_LSTM},
        "bad": {**BAD_CONV, "kernel_size": [0, (3, 3, 3), 2.5]},
        "inputs": [
            (None, 4, 9, 8, 3),
            (2, 3, 8, 8, 5),
            (None, None, 7, 6, 2),
            (None, 4, None, 8, 3),
            (None, 9, 8, 3),
            (None, 4, 2, 8, 3),
        ],
        "random": 60,
    },
    "ConvLSTM3D": {
        "args": {"kernel_size": [2, (1, 2, 3)], **CONV_LSTM},
        "bad": BAD_CONV,
        "inputs": [(None, 3, 5, 5, 4, 2), (2, 2, 5, 4, 5, 3), (None, 2, 5, 5, 5)],
        "random": 20,
    },
    "Bidirectional": {
        "args": {
            "layer": [
                LSTM(),
                GRU(),
                SIMPLE,
                LSTM(return_sequences=True),
                GRU(return_state=True),
                LSTM(return_sequences=True, return_state=True),
                Of("RNN", cell=GRU_CELL),
                Of("RNN", cell=[LSTM_CELL, GRU_CELL], return_sequences=True),
                GRU(use_bias=False),
                LSTM(stateful=True),
                CONV(),
                CONV(return_sequences=True),
            ],
            "merge_mode": [OMIT, "sum", "mul", "ave", None, "concat"],
            "dtype": [OMIT, "float64"],
        },
        "bad": {
            "merge_mode": ["add", "Concat", 1, True],
            "layer": [Of("Dense", units=3), 4, None, LSTM(go_backwards=True), LSTM_CELL],
        },
        "inputs": [(None, 10, 5), (None, None, 5), (4, 7, 3), (None, 10, None), (None, 5), (None, 4, 9, 8, 3)],
        "bases": 3,
        "random": 80,
        "extra": [
            ({"backward_layer": LSTM(go_backwards=True)}, (None, 10, 5)),
            ({"backward_layer": LSTM(units=6, go_backwards=True)}, (None, 10, 5)),
            ({"backward_layer": LSTM()}, (None, 10, 5)),
            ({"backward_layer": GRU(go_backwards=True)}, (None, 10, 5)),
            ({"backward_layer": LSTM(go_backwards=True, return_sequences=True)}, (None, 10, 5)),
            (
                {"layer": LSTM(return_state=True), "backward_layer": LSTM(go_backwards=True, return_state=True)},
                (None, 10, 5),
            ),
            (
                {
                    "layer": LSTM(return_state=True),
                    "backward_layer": GRU(go_backwards=True, return_state=True),
                    "merge_mode": None,
                },
                (None, 10, 5),
            ),
            ({"backward_layer": Of("Dense", units=3)}, (None, 10, 5)),
            ({"backward_layer": 3}, (None, 10, 5)),
        ],
    },
    "SpectralNormalization": {
        "extra": [({"layer": Of("Dense", units=5), "dtype": "float64"}, (None, None, None, 3), "int32")],
        "args": {
            "layer": [
                Of("Conv2D", filters=4, kernel_size=3),
                Of("Dense", units=5),
                Of("Conv2DTranspose", filters=4, kernel_size=2, strides=2, use_bias=False),
                Of("Conv2D", filters=4, kernel_size=3, padding="same", data_format="channels_first"),
                Of("Embedding", input_dim=9, output_dim=4),
                Of("EinsumDense", equation="abcd,de->abce", output_shape=(6, 6, 2)),
                Of("SeparableConv2D", filters=4, kernel_size=3),
                Of("Conv1D", filters=4, kernel_size=3),
                Of("ReLU"),
                Of("LSTM", units=3),
            ],
            "power_iterations": [OMIT, 1, 2],
            "dtype": [OMIT, "mixed_float16", "float64"],
        },
        "bad": {"layer": [None, 3, "dense"], "power_iterations": [0, -1]},
        "inputs": [(None, 6, 6, 3), (None, None, None, 3), (2, 8), (None, 7, 4), (None, 6, 6, None)],
        "dtypes": ["float32", "int32", "float16"],
        "random": 30,
    },
    "TimeDistributed": {
        "args": {"layer": PER_VECTOR},
        "bad": {"layer": [4, None, "Dense"]},
        "inputs": [
            (None, 10, 4),
            (None, None, 4),
            (2, 3, 4),
            (None, 7, 6, 4),
            (None, 4),
            (None, 5, None),
            (None, 2, None, 4),
        ],
        "dtypes": ["float32", "int32"],
        "bases": 4,
        "random": 0,
        "extra": [
            *[
                ({"layer": layer}, x)
                for layer in PER_SERIES
                for x in [(None, 7, 6, 4), (None, None, 5, 4), (2, 7, 6, 4), (None, 10, 4)]
            ],
            *[
                ({"layer": layer}, x)
                for layer in PER_IMAGE
                for x in [(None, 4, 8, 8, 3), (None, None, 8, 8, 3), (2, 3, 6, 7, 1)]
            ],
            ({"layer": Of("Conv2D", filters=4, kernel_size=3)}, (None, 10, 4)),
            ({"layer": Of("Conv1D", filters=4, kernel_size=3)}, (None, 4, 8, 8, 3)),
            ({"layer": Of("MaxPooling2D")}, (None, 10, 4)),
            ({"layer": LSTM(return_state=True)}, (None, 7, 6, 4)),
            ({"layer": GRU(return_state=True)}, (None, None, 6, 4)),
        ],
    },
}
