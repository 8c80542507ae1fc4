"""Normalisation, regularisation and activations: the shape stays, the weights and the limits are what varies."""

from grid import OMIT

POLICIES = [OMIT, "float16", "mixed_float16", "float64"]
TYPES = ["float32", "int32", "float64", "bool"]
FLAG = [OMIT, False, True]
NAMES = """celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear
log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus
sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink threshold""".split()
ANY = [(None, 8), (None, 10, 4), (None, None, 3), (4, 2, 3, 6), (None, 3, None), (None,), (2, 6), (None, 4, 5, 6, 2)]
AXIS = [OMIT, 1, -1, -2, 2]


def keeping(args, bad=None, **more):
    return {"args": {**args, "dtype": POLICIES}, "bad": bad or {}, "inputs": ANY, "dtypes": TYPES, "random": 30, **more}


def dropping(extra=None):
    return keeping({"rate": [0.5, 0, 1, 0.0, 1.0, 0.25], **(extra or {})}, {"rate": [-0.1, 1.5, 2]})


def spatial(n):
    shape = {1: (None, 10, 4), 2: (None, 6, 5, 4), 3: (None, 4, 5, 6, 2)}[n]
    extra = {} if n == 1 else {"data_format": [OMIT, "channels_first", "channels_last"]}
    table = dropping(extra)
    return {**table, "inputs": [shape, *[s for s in ANY if s != shape]]}


LAYERS = {
    "BatchNormalization": keeping(
        {"axis": AXIS, "center": FLAG, "scale": FLAG, "momentum": [OMIT, 0.9], "renorm": FLAG},
        {"axis": [5, -6, 0, 1.0, (1, 2)]},
        random=40,
    ),
    "LayerNormalization": keeping(
        {"axis": [*AXIS, (1, 2), (-1, -2), [-1]], "center": FLAG, "scale": FLAG, "epsilon": [OMIT, 1e-6]},
        {"axis": [5, -6, 0, 1.0, "a", (1, 9)]},
        extra=[({"rms_scaling": True}, (None, 8)), ({"rms_scaling": True, "scale": False}, (None, 10, 4))],
        random=40,
    ),
    "RMSNormalization": keeping({"axis": [*AXIS, (1, 2), [-1], (-1, -2)]}, {"axis": [5, -6, 0]}),
    "UnitNormalization": keeping({"axis": [*AXIS, (1, 2), [-1]]}, {"axis": [5, -6, 0, 1.0, (1, 9)]}),
    "GroupNormalization": keeping(
        {"groups": [2, 1, -1, 4, 3], "axis": AXIS, "center": FLAG, "scale": FLAG},
        {"groups": [OMIT, 0, -2, 2.0, 5], "axis": [5, -6]},
        random=60,
        bases=4,
    ),
    "Dropout": keeping(
        {
            "rate": [0.5, 0, 1, 0.0, 1.0],
            "noise_shape": [OMIT, None, (None, 1), (2, 1), [1, None, 4]],
            "seed": [OMIT, 3],
        },
        {"rate": [-0.1, 1.5, 2], "noise_shape": ["a", 3, (0, 1), (-1, 2), (1.5, 2)]},
    ),
    "SpatialDropout1D": spatial(1),
    "SpatialDropout2D": spatial(2),
    "SpatialDropout3D": spatial(3),
    "GaussianNoise": keeping({"stddev": [0.5, 0, 1, 0.1]}, {"stddev": [-0.1, 1.5, 2]}),
    "GaussianDropout": dropping(),
    "AlphaDropout": dropping({"noise_shape": [OMIT, None, (None, 1)]}),
    "ActivityRegularization": keeping({"l1": [OMIT, 0.1], "l2": [OMIT, 0.1, 0]}),
    "Activation": keeping(
        {"activation": ["relu", "softmax", "linear", None, "swish", "gelu", "log_softmax", "tanh", "glu"]},
        {"activation": ["leaky", "Relu", "softmaxx"]},
        extra=[({"activation": a}, (None, 8), d) for d in ("float32", "int32", "bool") for a in NAMES],
    ),
    "ReLU": keeping(
        {"max_value": [OMIT, 6, 6.0, 0, None], "negative_slope": [OMIT, 0.1, 1], "threshold": [OMIT, 0.5, 2]},
        {"max_value": [-1, -0.5], "negative_slope": [-0.1, None], "threshold": [-1.0, None]},
        extra=[
            ({"max_value": m, "negative_slope": n, "threshold": t}, (None, 8), "int32")
            for m in (6, 6.0, None)
            for n in (0, 0.0, 0.1)
            for t in (0, 0.0, 2)
        ],
    ),
    "LeakyReLU": keeping({"negative_slope": [OMIT, 0.2, 0, 1]}, {"negative_slope": [-0.1, None], "alpha": [0.2, -1.0]}),
    "PReLU": keeping(
        {"shared_axes": [OMIT, [1], 1, (1, 2), [-1], [2], None]}, {"shared_axes": [[7], [0], 5]}, random=50
    ),
    "ELU": keeping({"alpha": [OMIT, 0.5, 2]}),
    "Softmax": keeping({"axis": [*AXIS, (1, 2), [-1]]}, {"axis": [5, -6, 0, (1, 9)]}),
}
