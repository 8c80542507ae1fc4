"""Writes down what CPython gives for each expression and program of this directory: `python record.py`."""

import ast
import contextlib
import io
import json
import pathlib
import re
import types
import warnings

HERE = pathlib.Path(__file__).parent
warnings.simplefilter("ignore")
# What a run of the program must not decide, such as an address or a hash: it is never certain.
VARIES = ("id(", "hash(", "dir(", "vars(", "open(", "eval(", "ascii(")


def outcome(run):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return run()
    except BaseException as error:
        return f"! {type(error).__name__}"


def value_of(text):
    if text.startswith(VARIES):
        return "? varies"
    return outcome(lambda: repr(eval(text, {"__name__": "__main__"})))


def value_after(text):
    def run():
        names = {"__name__": "__main__"}
        exec(text, names)
        return repr(names["x"])

    return outcome(run)


def parts(line):
    """The expressions of a line: `a, b` are two."""
    node = ast.parse(line, mode="eval").body
    bare = isinstance(node, ast.Tuple) and node.elts and node.elts[0].col_offset == node.col_offset
    return [ast.get_source_segment(line, it) for it in node.elts] if bare else [line]


def values_after(text):
    """What the program leaves, for each value of `u`: whoever does not know `u` may claim only what all agree in."""

    def run(u):
        names = {"__name__": "__main__", "u": u}
        exec(text, names)
        return {k: repr(v) for k, v in names.items() if len(k) <= 2 and k != "u" and not callable(v)}

    runs = [outcome(lambda u=u: run(u)) for u in range(4)]
    assert all(isinstance(it, dict) for it in runs), (text, runs)
    names = sorted(set().union(*runs))
    return {k: [it.get(k, "! absent") for it in runs] for k in names}


def named_values(text):
    """What the program leaves under each of its names; a name is left out whose text a run would decide."""
    names = {"__name__": "__main__"}
    ended = outcome(lambda: exec(text, names))
    kept = {} if ended is None else {"!": ended}
    for name, value in names.items():
        if name.startswith("_") or isinstance(value, (type, types.ModuleType, types.FunctionType)):
            continue
        shown = outcome(lambda value=value: repr(value))
        if not re.search(r" at 0x|^<|^! ", shown) and not (isinstance(value, (set, frozenset)) and len(value) > 1):
            kept[name] = shown
    return kept


def main():
    lines = (HERE / "expressions.txt").read_text().splitlines()
    expressions = [part for line in lines if line and not line.startswith("#") for part in parts(line)]
    programs = (HERE / "programs.txt").read_text().split("\n---\n")
    uncertain = (HERE / "uncertain.txt").read_text().split("\n---\n")
    sweep = [it for path in sorted(HERE.glob("sweep/*.txt")) for it in path.read_text().split("\n---\n")]
    named = {text.strip("\n"): named_values(text) for text in sweep}
    (HERE / "generated" / "sweep.json").write_text(json.dumps(named, indent=1, ensure_ascii=False) + "\n")
    record = {
        "expressions": {text: value_of(text) for text in expressions},
        "programs": {text.strip(): value_after(text) for text in programs},
        "uncertain": {text.strip(): values_after(text) for text in uncertain},
    }
    path = HERE / "generated" / "values.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")


main()
