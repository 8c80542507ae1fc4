"""Layers that turn raw data into numbers."""

from grid import OMIT

POLICIES = [OMIT, "mixed_float16", "float64"]
ANY = [
    (None, 3),
    (None, 4, 3),
    (2, 5, 3),
    (None, None, 3),
    (None, 3, None),
    (None,),
    (None, 1),
    (4, 1),
    (3, 1, 1),
    (None, 8, 8, 3),
]
WHOLE = ["int32", "int64", "float32", "uint8"]
MODES = [OMIT, "one_hot", "multi_hot", "count", "int"]
LOOKUP = {
    "max_tokens": [OMIT, 10],
    "num_oov_indices": [OMIT, 0, 2],
    "pad_to_max_tokens": [OMIT, True],
    "output_mode": [OMIT, "multi_hot", "one_hot", "count", "int", "binary"],
}
BAD_LOOKUP = {"max_tokens": [1, 0], "num_oov_indices": [-1], "output_mode": ["nonsense", "Int"]}
WORDS, NUMBERS = ["a", "b", "c"], [1, 2, 3, 4]

LAYERS = {
    "Rescaling": {
        "args": {"scale": [0.5, 2], "offset": [OMIT, -1, 0.5], "dtype": POLICIES},
        "inputs": ANY,
        "dtypes": ["float32", "uint8", "int64", "float64", "bool"],
        "random": 30,
    },
    "Normalization": {
        "args": {"axis": [OMIT, None, -1, 1, 0, (1, 2), (-1, -2), [1], 3], "invert": [OMIT, True], "dtype": POLICIES},
        "inputs": ANY,
        "dtypes": ["float32", "int32", "float64"],
        "bases": 4,
        "random": 60,
        "extra": [
            ({"mean": m, "variance": v, "axis": a}, x)
            for m, v in [
                (0.5, 2.0),
                ([1.0, 2.0, 3.0], [1.0, 1.0, 1.0]),
                ([1.0, 2.0], [1.0, 1.0]),
                ([1.0], [2.0]),
                (1.0, None),
                (None, 1.0),
                ([1.0, 2.0], [1.0]),
                ([[1.0, 2.0, 3.0]], [[1.0, 2.0, 3.0]]),
            ]
            for a, x in [(-1, (None, 3)), (-1, (None, 4, 3)), (None, (None, 3))]
        ],
    },
    "Discretization": {
        "args": {"bin_boundaries": [[0.0, 1.0, 2.0], [0.5]], "output_mode": MODES, "dtype": [OMIT, "float64"]},
        "bad": {"output_mode": ["tf_idf", "nonsense"], "bin_boundaries": [None], "num_bins": [4, -1]},
        "inputs": ANY,
        "dtypes": ["float32", "int32", "float64"],
        "bases": 10,
        "random": 20,
        "extra": [
            ({"bin_boundaries": None, "num_bins": 4, "output_mode": mode}, x)
            for mode in MODES[1:]
            for x in [(None, 3), (None, 1), (None, 4, 3)]
        ],
    },
    "CategoryEncoding": {
        "args": {"num_tokens": [4, 10], "output_mode": [*MODES[:-1], "binary"], "dtype": [OMIT, "float64"]},
        "bad": {"num_tokens": [0, -1, None], "output_mode": ["int", "tf_idf"]},
        "inputs": ANY,
        "dtypes": ["int32", "int64", "uint8", "float32"],
        "bases": 10,
        "random": 20,
    },
    "Hashing": {
        "args": {
            "num_bins": [7, 1],
            "output_mode": MODES,
            "mask_value": [OMIT, 0],
            "salt": [OMIT, 5, (1, 2)],
            "dtype": [OMIT, "int32"],
        },
        "bad": {"num_bins": [0, -1, None], "output_mode": ["tf_idf"], "salt": ["a", (1, 2, 3)], "dtype": ["float32"]},
        "inputs": ANY,
        "dtypes": ["int32", "int64"],
        "bases": 10,
        "random": 20,
        "extra": [({"output_mode": mode}, x, "string") for mode in MODES[1:] for x in [(None, 3), (None, 1), (None,)]],
    },
    "HashedCrossing": {
        "args": {"num_bins": [7, 1], "output_mode": [OMIT, "one_hot", "int"], "dtype": [OMIT, "float64", "int32"]},
        "bad": {"output_mode": ["multi_hot", "count"]},
        "inputs": [
            [(None, 1), (None, 1)],
            [(None,), (None,)],
            [(2, 1), (2, 1)],
            [(None, 3), (None, 3)],
            [(None, 3), (None, 2)],
            [(3, 3), (3, 3)],
            [(None, 1), (None, 1), (None, 1)],
            [(None, 1)],
            [(4,), (4,)],
            [(None, 2, 1), (None, 2, 1)],
        ],
        "call": "list",
        "dtypes": ["int64", "int32", "string"],
        "bases": 5,
        "random": 20,
    },
    "IntegerLookup": {
        "args": {
            "vocabulary": [NUMBERS, [1, 2]],
            **LOOKUP,
            "mask_token": [OMIT, 0],
            "invert": [OMIT, True],
            "oov_method": [OMIT, "farmhash"],
        },
        "bad": {**BAD_LOOKUP, "vocabulary": [[], [1, 1], [0, 1, 0, 2], list(range(20))], "vocabulary_dtype": ["int32"]},
        "inputs": ANY,
        "dtypes": ["int64", "int32"],
        "bases": 3,
        "random": 80,
        "extra": [({"output_mode": mode}, x) for mode in ["multi_hot", "one_hot", "count"] for x in ANY]
        + [
            ({"vocabulary": [-1, 1, 2], "output_mode": "multi_hot"}, (None, 3)),
            ({"vocabulary": [0, -1, 1, 2], "mask_token": 0, "output_mode": "multi_hot"}, (None, 3)),
            ({"output_mode": "multi_hot", "sparse": True}, (None, 3)),
            ({"sparse": True}, (None, 3)),
            ({"output_mode": "tf_idf"}, (None, 3)),
            ({"output_mode": "tf_idf", "idf_weights": [1.0, 1.0, 1.0, 1.0]}, (None, 3)),
            ({"idf_weights": [1.0]}, (None, 3)),
        ],
    },
    "StringLookup": {
        "args": {
            "vocabulary": [WORDS, ["a", "y"]],
            **LOOKUP,
            "mask_token": [OMIT, ""],
            "invert": [OMIT, True],
            "oov_token": [OMIT, "?"],
        },
        "bad": {**BAD_LOOKUP, "vocabulary": [[], ["a", "a"], [str(n) for n in range(20)]]},
        "inputs": ANY,
        "dtypes": ["string"],
        "bases": 3,
        "random": 80,
        "extra": [({"output_mode": mode}, x) for mode in ["multi_hot", "one_hot", "count"] for x in ANY]
        + [
            ({"invert": True, "vocabulary": v}, x, "int64")
            for v in (WORDS, ["a", "y"])
            for x in [(None, 3), (None, None)]
        ]
        + [
            ({"vocabulary": ["[UNK]", "a", "b"], "output_mode": "multi_hot"}, (None, 3)),
            ({"vocabulary": ["", "[UNK]", "a"], "mask_token": "", "output_mode": "one_hot"}, (None, 1)),
            ({"output_mode": "tf_idf"}, (None, 3)),
            ({"output_mode": "tf_idf", "idf_weights": [1.0, 1.0, 1.0]}, (None, 3)),
        ],
    },
    "TextVectorization": {
        "args": {
            "vocabulary": [WORDS, ["a", "b"], ["", "[UNK]", "a"]],
            "max_tokens": [OMIT, 10],
            "output_mode": [OMIT, "multi_hot", "count", "int"],
            "output_sequence_length": [OMIT, 5],
            "standardize": [OMIT, None, "lower", "strip_punctuation"],
            "split": [OMIT, "character"],
            "ngrams": [OMIT, 2],
            "pad_to_max_tokens": [OMIT, True],
        },
        "bad": {
            "output_mode": ["nonsense"],
            "standardize": ["upper"],
            "split": ["words"],
            "ngrams": ["2", 1.5],
            "output_sequence_length": [2.5, "5"],
            "vocabulary": [["a", "a"]],
            "max_tokens": [1],
        },
        "inputs": [(None,), (None, 1), (3,), (3, 1), (None, 4)],
        "dtypes": ["string"],
        "bases": 4,
        "random": 80,
        "extra": [
            ({"split": None, **more}, x)
            for more in [{}, {"output_sequence_length": 5}, {"output_mode": "multi_hot"}, {"output_mode": "count"}]
            for x in [(None,), (None, 1), (3, 1), (3, 4)]
        ]
        + [
            ({"ragged": True}, (None,)),
            ({"ragged": True, "output_mode": "multi_hot"}, (None,)),
            ({"output_mode": "one_hot"}, (None,)),
            ({"output_mode": "tf_idf", "idf_weights": [1.0, 1.0, 1.0]}, (None, 1)),
            ({"output_mode": "tf_idf"}, (None, 1)),
        ],
    },
    "MelSpectrogram": {
        "args": {
            "fft_length": [OMIT, 512],
            "sequence_stride": [OMIT, 100, 1],
            "sequence_length": [OMIT, 256, 512],
            "num_mel_bins": [OMIT, 20],
            "sampling_rate": [OMIT, 8000],
            "power_to_db": [OMIT, False],
            "window": [OMIT, "hamming"],
        },
        "bad": {"sequence_length": [4096]},
        "inputs": [(None, 16000), (16000,), (2, 5000), (None, None), (3, 1199)],
        "bases": 4,
        "random": 20,
    },
    "STFTSpectrogram": {
        "args": {
            "mode": [OMIT, "magnitude", "psd", "real", "imag", "angle", "stft"],
            "frame_length": [OMIT, 64, 100],
            "frame_step": [OMIT, 16, 64],
            "fft_length": [OMIT, 512],
            "window": [OMIT, "hamming", None],
            "scaling": [OMIT, None, "spectrum"],
            "padding": [OMIT, "same"],
            "expand_dims": [OMIT, True],
            "data_format": [OMIT, "channels_first"],
            "dtype": [OMIT, "float64"],
        },
        "bad": {
            "mode": ["nonsense"],
            "frame_step": [0, 300],
            "fft_length": [10],
            "scaling": ["none"],
            "padding": ["causal", "Same"],
            "window": ["nonsense"],
        },
        "inputs": [(None, 1000, 1), (2, 600, 2), (None, 512, 3), (None, 1000), (None, None, 2)],
        "bases": 2,
        "random": 40,
        # The length that stands for None is shorter than a frame.
        "run": False,
    },
}
