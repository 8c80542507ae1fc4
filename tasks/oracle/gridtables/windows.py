"""Convolutions, pooling, cropping, padding and upsampling."""

from grid import OMIT

POLICIES = [OMIT, "float16", "mixed_float16", "float64"]
FORMATS = [OMIT, "channels_first", "channels_last", "Channels_Last"]
FLAG = [OMIT, False, True]
SHAPES = {
    1: [(None, 12, 4), (None, None, 6), (None, 3, 4), (2, 9, 1), (None, 12, None), (None, 8), (None, 5, 6, 4)],
    2: [
        (None, 12, 10, 4),
        (None, None, None, 6),
        (None, None, 8, 4),
        (None, 2, 9, 4),
        (3, 7, 7, 1),
        (None, 8, 8, None),
        (None, 5, 4),
    ],
    3: [(None, 8, 7, 6, 4), (None, None, 8, None, 6), (None, 2, 5, 5, 4), (2, 4, 4, 4, 1), (None, 5, 4, 3)],
}


def tuples(n, *values):
    """Each value alone; then as a tuple of n; then one uneven tuple."""
    return [*values, (values[0],) * n, tuple(values[i % len(values)] for i in range(n))]


def windows(n):
    """Sizes of a window, its steps and its gaps, and what Keras refuses of them."""
    args = {
        "kernel_size": tuples(n, 3, 1, 2),
        "strides": [OMIT, *tuples(n, 1, 2, 3)],
        "padding": [OMIT, "same", "valid", "SAME"],
        "data_format": FORMATS,
        "dilation_rate": [OMIT, *tuples(n, 1, 2)],
    }
    bad = {
        "kernel_size": [0, -1, 2.5, (3,) * (n + 1), None],
        "strides": [0, -2, (1,) * (n + 1)],
        "padding": ["full", "causal"],
        "data_format": ["channels"],
        "dilation_rate": [0, (2,) * (n + 1)],
    }
    return args, bad


def common(n):
    return {"inputs": SHAPES[n], "dtypes": ["float32", "float64", "int32"], "random": 60 if n < 3 else 40, "bases": 2}


def convolution(n):
    args, bad = windows(n)
    args = {
        "filters": [6, 4, 1],
        **args,
        "groups": [OMIT, 2, 1],
        "use_bias": FLAG,
        "activation": [OMIT, "relu"],
        "dtype": POLICIES,
    }
    if n == 1:
        args["padding"] = [*args["padding"], "causal"]
        bad["padding"] = ["full"]
    bad = {"filters": [0, -1], **bad, "groups": [4, 3, 0, -1], "activation": ["relux"]}
    return {**common(n), "args": args, "bad": bad}


def transposed(n):
    args, bad = windows(n)
    args = {
        "filters": [6, 1],
        **args,
        "output_padding": [OMIT, None, 0, 1, (0,) * n],
        "use_bias": FLAG,
        "dtype": POLICIES,
    }
    bad = {"filters": [0, -1], **bad, "output_padding": [3, -1, (0,) * (n + 1)]}
    return {**common(n), "args": args, "bad": bad}


def depthwise(n):
    args, bad = windows(n)
    args = {**args, "depth_multiplier": [OMIT, 2, 3], "use_bias": FLAG, "dtype": POLICIES}
    return {**common(n), "args": args, "bad": {**bad, "depth_multiplier": [0, -1]}}


def separable(n):
    table = depthwise(n)
    args = {"filters": [6, 1], **table["args"]}
    return {**table, "args": args, "bad": {"filters": [0, -1], **table["bad"]}}


def pooling(n, kind):
    args, bad = windows(n)
    args = {
        # The average has no default.
        "pool_size": [*([OMIT] if kind == "Max" else []), 2, *args["kernel_size"]],
        "strides": [OMIT, None, *tuples(n, 1, 2, 3)],
        "padding": [OMIT, "same", "valid"],
        "data_format": FORMATS,
        "dtype": POLICIES,
    }
    bad = {
        "pool_size": bad["kernel_size"],
        "strides": [0, -2, (1,) * (n + 1)],
        "padding": ["full", "SAME", "causal"],
        "data_format": ["channels"],
    }
    # Run with strides of 0, or where no window fits, TensorFlow may end the process.
    return {**common(n), "args": args, "bad": bad, "run": "answered"}


def whole_pooling(n):
    return {
        **common(n),
        "args": {"data_format": FORMATS, "keepdims": FLAG, "dtype": POLICIES},
        "bad": {"data_format": ["channels"]},
        "random": 25,
    }


def adaptive(n):
    """Run only where it is safe: where a window is longer than an axis, TensorFlow ends the process."""
    return {
        **common(n),
        "args": {
            "output_size": tuples(n, 2, 3, 1),
            "data_format": [OMIT, "channels_first", "channels_last"],
            "dtype": POLICIES,
        },
        "bad": {"output_size": [(2,) * (n + 1), 2.5, None, 0, -1, 40], "data_format": ["channels", "Channels_Last"]},
        "dtypes": ["float32", "float64"],
        "extra": [({}, SHAPES[n][0], "int32")],
        "random": 30,
        "run": lambda args, shapes: args["output_size"] == 2 and shapes[0] == SHAPES[n][0],
    }


def sided(n, name):
    """Cropping and padding: one number, one for each axis, or two for each axis."""
    pair = (1, 2)
    if n == 1:
        options, bad = [OMIT, 1, 2, (0, 1), (3, 0), [1, 1], 0], [-1, (1,), (1, 2, 3), (-1, 1), 1.5, 4, "a"]
    else:
        options = [OMIT, 1, 0, tuple(range(n)), (pair,) * n, ((0, 1), (2, 0), (1, 1))[:n], (1, *((0, 2),) * (n - 1))]
        bad = [-1, (1,) * (n + 1), ((1, 2, 3),) * n, ((-1, 0),) * n, 1.5, 4, None]
    args = {name: options, "data_format": FORMATS, "dtype": POLICIES}
    if n == 1 and name == "cropping":
        del args["data_format"]
    return {
        **common(n),
        "args": args,
        "bad": {name: bad, "data_format": ["channels"]} if "data_format" in args else {name: bad},
    }


def upsampling(n):
    args = {"size": [OMIT, *([2, 1, 3] if n == 1 else tuples(n, 2, 1, 3))], "dtype": POLICIES}
    bad = {"size": [0, -1, 1.5, (2,) * (n + 1), True]}
    if n > 1:
        args["data_format"] = FORMATS
        bad["data_format"] = ["channels"]
    if n == 2:
        args["interpolation"] = [OMIT, "nearest", "bilinear", "bicubic", "lanczos3", "Bilinear"]
        bad["interpolation"] = ["cubic", "area"]
    extra = [({"interpolation": "cubic"}, (None, 2, 9, 4), "int32")] if n == 2 else []
    return {**common(n), "args": args, "bad": bad, "extra": extra}


LAYERS = {
    **{f"Conv{n}D": convolution(n) for n in (1, 2, 3)},
    **{f"Conv{n}DTranspose": transposed(n) for n in (1, 2, 3)},
    **{f"DepthwiseConv{n}D": depthwise(n) for n in (1, 2)},
    **{f"SeparableConv{n}D": separable(n) for n in (1, 2)},
    **{f"{kind}Pooling{n}D": pooling(n, kind) for kind in ("Max", "Average") for n in (1, 2, 3)},
    **{f"Global{kind}Pooling{n}D": whole_pooling(n) for kind in ("Max", "Average") for n in (1, 2, 3)},
    **{f"Adaptive{kind}Pooling{n}D": adaptive(n) for kind in ("Max", "Average") for n in (1, 2, 3)},
    **{f"Cropping{n}D": sided(n, "cropping") for n in (1, 2, 3)},
    **{f"ZeroPadding{n}D": sided(n, "padding") for n in (1, 2, 3)},
    **{f"UpSampling{n}D": upsampling(n) for n in (1, 2, 3)},
}
