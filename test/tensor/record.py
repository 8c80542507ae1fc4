"""Asks the installed Keras and NumPy what shapes come out, and writes generated/shapes.json, which recorded.test.ts
reads.

    KERAS_BACKEND=tensorflow python test/tensor/record.py

Each question is a list of shapes (null: Keras's None) and arguments; the answer a shape, a list of shapes, or "raises".
Where a size is None the question goes to Keras's symbolic form, otherwise to whichever says most. The questions are
drawn
at random with a fixed seed, from small sizes, so that about half of them fit together.
"""

import json
import pathlib
import random

import keras
import numpy as np
from keras import ops
from keras.src.backend.common import backend_utils
from keras.src.ops import operation_utils

R = random.Random(7)
SIZES = [1, 2, 3, None]
EQUATIONS = (
    "ij,jk->ik ij,jk ...ij,...jk->...ik ii->i ii ba i,i-> i...->...i ...i->i ...i->... ij->ijk ij->ii bij,bjk->bik "
    "bqhd,bkhd->bhqk Ab bA ij->ji i,j ...,... ijk->k a...b...->a abc,cd->abd -> i-> ij->..."
).split() + ["i...j,j->i...", "ij , jk -> ik"]
SYMBOLIC_EQUATIONS = (
    "ij,jk->ik ij,jk ...ij,...jk->...ik ii->i ii ba i,i-> i...->...i ...i->... bij,bjk->bik bqhd,bkhd->bhqk "
    "abc,cd->abd ij->ji"
).split()

array = lambda sizes: np.zeros(sizes, dtype=np.int8)
symbolic = lambda sizes: keras.KerasTensor(sizes)
draw = lambda low, high, sizes: [R.choice(sizes) for _ in range(R.randint(low, high))]
axis = lambda rank: R.randint(-rank - 1, rank)
axes = lambda rank, low, high: [axis(rank) for _ in range(R.randint(low, high))]
maybe_tuple = lambda it: None if it is None else tuple(it)


def plain(answer):
    if isinstance(answer, (list, tuple)) and answer and hasattr(answer[0], "shape"):
        return [list(part.shape) for part in answer]
    return list(getattr(answer, "shape", answer))


def tensordot_question():
    shapes = [draw(1, 3, [2, 3]), draw(1, 3, [2, 3])]
    if R.random() < 0.5:
        return shapes, R.randint(0, 3)
    count = R.randint(0, 2)
    pairs = [R.sample(range(-len(shape), len(shape) + 1), min(count, len(shape))) for shape in shapes]
    distinct = all(len({a % len(shape) for a in pair}) == len(pair) for pair, shape in zip(pairs, shapes))
    return shapes, pairs if distinct else [[0], [0]]


def einsum_question():
    equation = R.choice(EQUATIONS)
    shapes = []
    for term in equation.replace(" ", "").split("->")[0].split(","):
        rank = len(term.replace("...", "")) + (R.randint(0, 2) if "..." in term else 0)
        if R.random() < 0.05:
            rank = max(0, rank + R.choice([-1, 1]))
        shapes.append(draw(rank, rank, R.choice([[2], [2], [2, 3], [1, 2]])))
    if R.random() < 0.04:
        shapes = shapes + shapes
    return shapes, equation


def symbolic_einsum_question():
    equation = R.choice(SYMBOLIC_EQUATIONS)
    sizes = {label: R.choice([2, 5, None]) for label in "abcdijkqh"}
    ellipsis = draw(0, 2, [3, None])
    shapes = []
    for term in equation.split("->")[0].split(","):
        before, _, after = term.partition("...")
        middle = ellipsis if "..." in term else []
        shapes.append([sizes[c] for c in before] + middle + [sizes[c] for c in after])
    return shapes, equation


def reshape_question():
    shape = draw(0, 4, [1, 2, 3, 4, 6] + ([None] if R.random() < 0.3 else []))
    target = draw(0, 4, [1, 2, 3, 4, 6, 12])
    if R.random() < 0.3:
        target = R.sample(shape, len(shape))
    if target and R.random() < 0.6:
        target[R.randrange(len(target))] = -1
    if R.random() < 0.06:
        target = target + [R.choice([-1, -2, 0, None])]
    return [shape], target


def concatenate_question():
    first = draw(1, 3, [2, 3, None])
    along = R.randint(-len(first), len(first) - 1)
    shapes = [list(first) for _ in range(R.randint(1, 3))]
    for shape in shapes:
        shape[along] = R.choice([1, 2, None] if R.random() < 0.4 else [1, 2])
    if R.random() < 0.3:
        shapes[-1] = draw(len(first), len(first) + 1, [2, 3, None])
    return shapes, along if R.random() < 0.95 else 5


def stack_question():
    first = draw(2, 2, [2, 3, None])
    shapes = [first if R.random() < 0.8 else draw(2, 2, [2, 3, None]) for _ in range(R.randint(1, 3))]
    return shapes, R.randint(-4, 3)


def moveaxis_question():
    count = R.randint(1, 3)
    return [[2, 3, 4, 5]], [axes(3, count, count), axes(3, count, count + (R.random() < 0.1))]


def repeat_question():
    shape = draw(1, 3, SIZES)
    repeats = R.choice([R.randint(0, 4), [R.randint(1, 3) for _ in range(R.randint(2, 3))]])
    return [shape], [repeats, R.choice([None, *range(-len(shape), len(shape))])]


def subscript(arrays):
    bound = lambda: R.choice([None, None, R.randint(-6, 6)])
    kind = R.random()
    if kind < 0.35:
        return {"index": R.randint(-4, 3)}
    if kind < 0.65:
        return {"slice": [bound(), bound(), R.choice([None, None, 1, 2, -1, -2])]}
    if kind < 0.85:
        return "newaxis" if kind < 0.75 else "ellipsis"
    return {"array": draw(0, 2, [1, 3])} if arrays else {"slice": [None, None, None]}


def key(parts):
    one = lambda part: (
        {"newaxis": None, "ellipsis": Ellipsis}[part]
        if isinstance(part, str)
        else part["index"]
        if "index" in part
        else slice(*part["slice"])
        if "slice" in part
        else np.zeros(part["array"], dtype=int)
    )
    return tuple(one(part) for part in parts)


def getitem_question(arrays, sizes):
    return [draw(3, 3, sizes)], [subscript(arrays) for _ in range(R.randint(1, 4))]


def window_question():
    length = R.choice([None, *range(1, 14)])
    window = {"kernel": R.randint(1, 4), "stride": R.randint(1, 3), "dilation": R.randint(1, 3)}
    return [[None, length, 1]], {**window, "padding": R.choice(["valid", "same"])}


def transposed_window_question():
    shapes, window = window_question()
    return shapes, {**window, "output_padding": R.choice([None, None, 0, 1, 2])}


def convolution(shapes, w):
    return operation_utils.compute_conv_output_shape(
        tuple(shapes[0]), 8, (w["kernel"],), (w["stride"],), w["padding"], "channels_last", (w["dilation"],)
    )


def transposed_convolution(shapes, w):
    pad = None if w["output_padding"] is None else (w["output_padding"],)
    return backend_utils.compute_conv_transpose_output_shape(
        tuple(shapes[0]), (w["kernel"],), 8, (w["stride"],), w["padding"], pad, "channels_last", (w["dilation"],)
    )


# name: how many questions, how to draw one, how to answer it from shapes and arguments
TOPICS = {
    "broadcast": (120, lambda: ([draw(0, 3, SIZES), draw(0, 3, SIZES)], None),
                  lambda s, a: operation_utils.broadcast_shapes(*s)),
    "matmul": (140, lambda: ([draw(0, 4, SIZES), draw(0, 4, SIZES)], None),
               lambda s, a: ops.matmul(*map(symbolic, s))),
    "dot": (80, lambda: ([draw(0, 3, [2, 3]), draw(0, 3, [2, 3])], None), lambda s, a: np.dot(*map(array, s))),
    "tensordot_axes": (160, tensordot_question, lambda s, a: np.tensordot(*map(array, s), axes=a)),
    "tensordot_elements": (100, tensordot_question,
                           lambda s, a: ops.tensordot(*(np.zeros(x, "float32") for x in s), axes=a)),
    "einsum": (260, einsum_question, lambda s, a: np.einsum(a, *map(array, s))),
    "einsum_symbolic": (80, symbolic_einsum_question, lambda s, a: ops.einsum(a, *map(symbolic, s))),
    "reshape": (260, reshape_question,
                lambda s, a: operation_utils.compute_reshape_output_shape(tuple(s[0]), tuple(a), "newshape")),
    "sum": (60, lambda: ([draw(3, 3, [1, 2, 3])], [R.choice([None, axes(2, 0, 2)]), R.random() < 0.5]),
            lambda s, a: np.sum(array(s[0]), axis=maybe_tuple(a[0]), keepdims=a[1])),
    "squeeze": (60, lambda: ([draw(3, 3, [1, 1, 2])], R.choice([None, axes(2, 1, 2)])),
                lambda s, a: np.squeeze(array(s[0]), axis=maybe_tuple(a))),
    "expand_dims": (60, lambda: ([draw(0, 2, [4, 5])], axes(3, 0, 2)),
                    lambda s, a: np.expand_dims(array(s[0]), tuple(a))),
    "transpose": (40, lambda: ([[2, 3, 4]], R.choice([None, R.sample(range(3), 3), axes(2, 2, 3)])),
                  lambda s, a: np.transpose(array(s[0]), a)),
    "moveaxis": (80, moveaxis_question, lambda s, a: np.moveaxis(array(s[0]), *a)),
    "swapaxes": (30, lambda: ([[2, 3, 4]], axes(3, 2, 2)), lambda s, a: np.swapaxes(array(s[0]), *a)),
    "concatenate": (120, concatenate_question, lambda s, a: ops.concatenate([*map(symbolic, s)], axis=a)),
    "stack": (60, stack_question, lambda s, a: ops.stack([*map(symbolic, s)], axis=a)),
    "split": (60, lambda: ([draw(2, 2, [4, 6, 7, None])], [R.randint(1, 4), axis(1)]),
              lambda s, a: ops.split(symbolic(s[0]), a[0], axis=a[1])),
    "split_at": (40, lambda: ([[R.randint(0, 6), 2]], sorted(draw(0, 3, range(9)))),
                 lambda s, a: np.split(array(s[0]), a, axis=0)),
    "array_split": (40, lambda: ([[R.randint(0, 9)]], R.randint(1, 5)),
                    lambda s, a: np.array_split(array(s[0]), a, axis=0)),
    "tile": (50, lambda: ([draw(0, 3, SIZES)], draw(1, 3, [1, 2, 3])), lambda s, a: ops.tile(symbolic(s[0]), a)),
    "repeat": (80, repeat_question, lambda s, a: ops.repeat(symbolic(s[0]), a[0], axis=a[1])),
    "pad": (50, lambda: ([draw(1, 3, [2, 3, None])], [draw(2, 2, range(4)) for _ in range(R.randint(1, 3))]),
            lambda s, a: ops.pad(symbolic(s[0]), a)),
    "getitem": (400, lambda: getitem_question(True, [2, 3, 4]), lambda s, a: array(s[0])[key(a)]),
    "getitem_symbolic": (150, lambda: getitem_question(False, [2, 3, 4, None]),
                         lambda s, a: symbolic(s[0])[key(a)]),
    "conv": (100, window_question, convolution),
    "conv_transpose": (100, transposed_window_question, transposed_convolution),
}


def record(count, question, answer):
    rows = {}
    for _ in range(count):
        shapes, args = question()
        try:
            gives = plain(answer(shapes, args))
        except Exception:
            gives = "raises"
        rows[json.dumps([shapes, args])] = "  " + json.dumps({"shapes": shapes, "args": args, "gives": gives})
    return ",\n".join(rows.values())


if __name__ == "__main__":
    text = ",\n".join(f' "{name}": [\n{record(*topic)}\n ]' for name, topic in TOPICS.items())
    (pathlib.Path(__file__).parent / "generated" / "shapes.json").write_text("{\n" + text + "\n}\n")
