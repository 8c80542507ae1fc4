"""Layers that resize, crop and change images."""

from grid import OMIT, Of

IMAGES = [
    (None, 16, 12, 3),
    (16, 12, 3),
    (None, 9, 8, 3),
    (2, 16, 12, 1),
    (None, None, None, 3),
    (None, 10, 10, 4),
    (2, 8, 3),
    (None, 8),
    (None, 3, 8, 8, 3),
]
PICTURES = [x for x in IMAGES if len(x) in (3, 4)]
TYPES = ["float32", "uint8", "int32", "float64"]
COMMON = {"data_format": [OMIT, "channels_last", "channels_first", None], "dtype": [OMIT, "float64"]}
BAD_FORMAT = {"data_format": ["channels"]}
IMAGE = {"inputs": IMAGES, "dtypes": TYPES, "bases": 2, "random": 24}
FILL = {"fill_mode": [OMIT, "constant", "wrap", "nearest"], "interpolation": [OMIT, "nearest"]}
BAD_FILL = {"fill_mode": ["mirror", "nonsense", "Constant"], "interpolation": ["bicubic", "nonsense"]}
RANGE = {"value_range": [OMIT, (0, 1), [0.0, 1.0]]}
BAD_RANGE = {"value_range": [1, (0, 1, 2), None]}


def image(args, bad, **more):
    return {**IMAGE, "args": {**args, **COMMON}, "bad": {**bad, **BAD_FORMAT}, **more}


def factors(*good):
    return [*good, (good[0], good[0])]


NUMBERS = [
    "a",
    (0.1, 0.2, 0.3),
    {"a": 1},
    9,
    -9,
    (9, 9),
    (-9, -9),
    (-9, 9),
    1.01,
    -1.01,
    -0.5,
    -1,
    0,
    1,
    None,
    (),
    True,
    [0.2, 2.0],
    [-2.0, 0.2],
]
NO_DICT = [n for n in NUMBERS if not isinstance(n, dict)]
SIZE = {"height": [6, 20], "width": [5, 30]}

LAYERS = {
    "Resizing": image(
        {
            **SIZE,
            "interpolation": [OMIT, "nearest", "bicubic"],
            "crop_to_aspect_ratio": [OMIT, True],
            "pad_to_aspect_ratio": [OMIT, True],
            "antialias": [OMIT, True],
        },
        {},
        extra=[({"pad_to_aspect_ratio": True, "dtype": "float64"}, (None, 9, 8, 3), "uint8")],
    ),
    "CenterCrop": image(SIZE, {}),
    "RandomCrop": image({**SIZE, "seed": [OMIT, 3]}, {}),
    "RandomFlip": image({"mode": [OMIT, "horizontal", "vertical"], "seed": [OMIT, 3]}, {}),
    "RandomRotation": image(
        {"factor": factors(0.2, 0.5), **FILL, "fill_value": [OMIT, 1.0]}, {"factor": NO_DICT, **BAD_FILL}
    ),
    "RandomZoom": image(
        {"height_factor": factors(0.2, -0.3), "width_factor": [OMIT, 0.1, (0.1, 0.2), None], **FILL},
        {"height_factor": NO_DICT, "width_factor": [9, "a", (0.1,)], **BAD_FILL},
    ),
    "RandomTranslation": image(
        {"height_factor": factors(0.2, -0.3), "width_factor": factors(0.1), **FILL},
        {"height_factor": NO_DICT, "width_factor": [9, "a", (0.1,), None], **BAD_FILL},
    ),
    "RandomShear": image(
        {"x_factor": factors(0.2, 0.3), "y_factor": [OMIT, 0.1], **FILL},
        {"x_factor": NO_DICT, "y_factor": [9, "a", (0.1,), None], **BAD_FILL},
    ),
    "RandomContrast": image({"factor": factors(0.2, 0.5), **RANGE}, {"factor": NO_DICT}),
    "RandomBrightness": image({"factor": factors(0.2, -0.5), **RANGE}, {"factor": NO_DICT, **BAD_RANGE}),
    "RandomHue": image(
        {"factor": factors(0.2, 0.5), **RANGE}, {"factor": NO_DICT}, inputs=[x for x in IMAGES if x[-1] == 3]
    ),
    "RandomSaturation": image(
        {"factor": factors(0.2, 0.5), **RANGE},
        {"factor": NO_DICT, **BAD_RANGE},
        inputs=[x for x in IMAGES if x[-1] == 3],
    ),
    "RandomSharpness": image({"factor": factors(0.2, 0.5), **RANGE}, {"factor": NO_DICT, **BAD_RANGE}),
    "RandomColorDegeneration": image({"factor": factors(0.2, 0.5), **RANGE}, {"factor": NO_DICT, **BAD_RANGE}),
    "RandomColorJitter": image(
        {
            "brightness_factor": [OMIT, 0.2, None],
            "contrast_factor": [OMIT, 0.2],
            "saturation_factor": [OMIT, 0.2],
            "hue_factor": [OMIT, 0.2],
            **RANGE,
        },
        {
            "brightness_factor": [2, "a"],
            "contrast_factor": [-0.5, 2],
            "saturation_factor": [2, "a"],
            "hue_factor": [-0.5, 2],
        },
        inputs=[x for x in IMAGES if x[-1] == 3],
    ),
    "RandomGrayscale": image(
        {"factor": [OMIT, 0.3, 0, 1]},
        {"factor": NO_DICT},
        inputs=[x for x in IMAGES if x[-1] == 3],
        extra=[({}, (None, 3, 8, 8, 3), "int32")],
    ),
    "RandomInvert": image({"factor": [OMIT, *factors(0.2)], **RANGE}, {"factor": NO_DICT}),
    "RandomPosterization": image({"factor": factors(4, 8), **RANGE}, {"factor": NO_DICT, **BAD_RANGE}),
    "RandomErasing": image(
        {"factor": [OMIT, *factors(0.2)], "scale": [OMIT, (0.1, 0.2), 0.3], "fill_value": [OMIT, 0.0]},
        {"factor": NO_DICT, "scale": [2, "a", (2, 3)]},
    ),
    "RandomElasticTransform": image(
        {"factor": [OMIT, *factors(0.2)], "scale": [OMIT, 0.3], **FILL},
        {"factor": NO_DICT, "scale": [2, "a", (2, 3)], **BAD_FILL},
    ),
    "RandomGaussianBlur": image(
        {"factor": [OMIT, *factors(0.2)], "kernel_size": [OMIT, 5, (3, 5)], "sigma": [OMIT, 0.5, (0.1, 0.2)]},
        {"factor": NO_DICT, "kernel_size": [2, (2, 3), (3, 3, 3), "a", None, 3.0], "sigma": [2, "a"]},
    ),
    "RandomPerspective": image(
        {"factor": [OMIT, *factors(0.2)], "scale": [OMIT, 0.3, 0], "interpolation": [OMIT, "nearest"]},
        {"factor": NO_DICT, "scale": [2, -0.1], "interpolation": ["bicubic"]},
    ),
    "Solarization": image(
        {"addition_factor": [OMIT, *factors(0.2)], "threshold_factor": [OMIT, 0.1], **RANGE},
        {"addition_factor": NO_DICT, "threshold_factor": [9, "a", -0.1], **BAD_RANGE},
    ),
    "AutoContrast": image(RANGE, BAD_RANGE),
    "Equalization": image({"bins": [OMIT, 64], **RANGE}, BAD_RANGE, inputs=PICTURES),
    "ContrastLimitedAdaptiveHistogramEqualization": image(
        {"clip_limit": [OMIT, 2.0], "tile_grid_size": [OMIT, (4, 4)], **RANGE}, {}, inputs=PICTURES
    ),
    "MixUp": image({"alpha": [OMIT, 0.5]}, {}),
    "CutMix": image({"factor": [OMIT, *factors(0.2)]}, {"factor": NO_DICT}),
    "AugMix": image(
        {"factor": [OMIT, *factors(0.2)], "num_chains": [OMIT, 2], "all_ops": [OMIT, False], **RANGE},
        {"factor": [-9, 9, "a", None, (9, 9)], **BAD_RANGE},
        inputs=[x for x in IMAGES if x[-1] == 3],
        random=12,
    ),
    "RandAugment": image(
        {"factor": [OMIT, *factors(0.2)], "num_ops": [OMIT, 1], **RANGE},
        {"factor": [-9, 9, "a", None, (9, 9)], **BAD_RANGE},
        inputs=[x for x in IMAGES if x[-1] == 3],
        random=12,
    ),
    "MaxNumBoundingBoxes": image({"max_number": [4, 10], "fill_value": [OMIT, 0]}, {"max_number": [None, "a"]}),
    # How high or wide the images become is left to chance.
    **{
        name: {
            **IMAGE,
            "args": {
                "factor": [0.2, (0.1, 0.3), 1, (-0.2, 0.2)],
                "interpolation": [OMIT, "nearest"],
                "dtype": [OMIT, "float64"],
            },
            "bad": {"factor": [-0.1, 1.5, (0.3, 0.1), (-1.5, 0.1), None, "a"]},
            "run": False,
        }
        for name in ["RandomHeight", "RandomWidth"]
    },
    "ThresholdedReLU": {
        "args": {"theta": [OMIT, 0.5, 2], "dtype": [OMIT, "float64"]},
        "bad": {"theta": [-1, -0.5, None]},
        "inputs": [(None, 8), (None, 10, 4), (None, None), (2, 3), (None,)],
        "dtypes": ["float32", "float64"],
        "random": 15,
    },
    "Pipeline": {
        "args": {
            "layers": [
                [Of("Rescaling", scale=0.5)],
                [Of("Resizing", height=6, width=5), Of("RandomFlip")],
                [Of("CenterCrop", height=6, width=5), Of("Conv2D", filters=4, kernel_size=3)],
                [Of("Flatten"), Of("Dense", units=3)],
                [Of("RandomZoom", height_factor=0.1)] * 3,
                [Of("BatchNormalization"), Of("Conv2D", filters=2, kernel_size=2, padding="same")],
            ],
            "name": [OMIT, "p"],
        },
        "inputs": [(None, 16, 12, 3), (2, 16, 12, 1), (None, 20, 20, 3), (2, 9, 8, 3)],
        "bases": 4,
        "random": 0,
    },
}
