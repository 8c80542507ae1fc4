"""Writes what CPython's own parser says of the samples, in the form that ast.ts prints: see ast.test.ts.

    python3 test/python/record_ast.py

Lists only: a node is [kind, [start, end], parts...]; offsets are UTF-16 units into the file. Nodes in f-strings have no
position, since CPython before 3.12 did not know it.
"""

import ast
import json
import pathlib

OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "MatMult": "@",
    "BitAnd": "&", "BitOr": "|", "BitXor": "^", "LShift": "<<", "RShift": ">>", "Eq": "==", "NotEq": "!=", "Lt": "<",
    "LtE": "<=", "Gt": ">", "GtE": ">=", "In": "in", "NotIn": "not in", "Is": "is", "IsNot": "is not", "USub": "-",
    "UAdd": "+", "Invert": "~", "Not": "not", "And": "and", "Or": "or",
}  # fmt: skip
COMPREHENSIONS = {"ListComp": "list", "SetComp": "set", "DictComp": "dict", "GeneratorExp": "generator"}


def units(text):
    return len(text.encode("utf-16-le")) // 2


class Recorder:
    def __init__(self, source):
        self.source = source
        self.lines = source.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + units(line) + 1)
        self.in_fstring = 0

    def offset(self, line, column):
        return self.starts[line - 1] + units(self.lines[line - 1].encode()[:column].decode())

    def span(self, node):
        if self.in_fstring:
            return []
        return [self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)]

    def all(self, nodes):
        return [self.expression(node) for node in nodes]

    def op(self, node):
        return OPERATORS[type(node).__name__]

    def constant(self, value):
        if value is None or value is ...:
            return "none" if value is None else "ellipsis"
        if isinstance(value, bool):
            return ["bool", value]
        if isinstance(value, int):
            return ["int", hex(value)]
        if isinstance(value, float):
            return ["float", value]
        if isinstance(value, complex):
            return "complex"
        return ["str", value] if isinstance(value, str) else ["bytes", value.decode("latin1")]

    def arguments(self, positional, keywords):
        found = []
        for node in positional:
            starred = isinstance(node, ast.Starred)
            value = self.expression(node.value if starred else node)
            found.append((node.lineno, node.col_offset, ["star" if starred else "positional", value]))
        for node in keywords:
            value = self.expression(node.value)
            made = ["stars", value] if node.arg is None else ["keyword", node.arg, value]
            found.append((node.lineno, node.col_offset, made))
        return [made for _, _, made in sorted(found, key=lambda one: one[:2])]

    def parameters(self, a):
        plain = a.posonlyargs + a.args
        defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
        rows = [
            (one, "positionalOnly" if index < len(a.posonlyargs) else "positional", default)
            for index, (one, default) in enumerate(zip(plain, defaults))
        ]
        rows += [(a.vararg, "varArgs", None)] if a.vararg else []
        rows += [(one, "keywordOnly", default) for one, default in zip(a.kwonlyargs, a.kw_defaults)]
        rows += [(a.kwarg, "varKeywords", None)] if a.kwarg else []
        return [[one.arg, kind, self.expression(one.annotation), self.expression(value)] for one, kind, value in rows]

    def clauses(self, generators):
        made = []
        for one in generators:
            made.append(["for", self.expression(one.target), self.expression(one.iter), bool(one.is_async)])
            made += [["if", self.expression(test)] for test in one.ifs]
        return made

    def fstring(self, node):
        span = self.span(node)
        self.in_fstring += 1
        parts = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(part.value)
            else:
                parts.append([self.expression(part.value), chr(part.conversion) if part.conversion > 0 else ""])
        self.in_fstring -= 1
        return ["FString", span, parts]

    def expression(self, node):
        if node is None:
            return None
        kind = type(node).__name__
        if kind == "JoinedStr":
            return self.fstring(node)
        e = self.expression
        if kind in COMPREHENSIONS:
            key, value = (node.key, node.value) if kind == "DictComp" else (node.elt, None)
            made = ["Comprehension", COMPREHENSIONS[kind], e(key), e(value), self.clauses(node.generators)]
        else:
            make = {
                "Constant": lambda: [kind, self.constant(node.value)],
                "Name": lambda: [kind, node.id],
                "Attribute": lambda: [kind, e(node.value), node.attr],
                "Subscript": lambda: [kind, e(node.value), e(node.slice)],
                "Slice": lambda: [kind, e(node.lower), e(node.upper), e(node.step)],
                "Call": lambda: [kind, e(node.func), self.arguments(node.args, node.keywords)],
                "UnaryOp": lambda: ["Unary", self.op(node.op), e(node.operand)],
                "BinOp": lambda: ["Binary", self.op(node.op), e(node.left), e(node.right)],
                "BoolOp": lambda: [kind, self.op(node.op), self.all(node.values)],
                "Compare": lambda: [
                    kind, e(node.left), [[self.op(op), e(value)] for op, value in zip(node.ops, node.comparators)]
                ],
                "IfExp": lambda: ["Conditional", e(node.test), e(node.body), e(node.orelse)],
                "Lambda": lambda: [kind, self.parameters(node.args), e(node.body)],
                "Tuple": lambda: [kind, self.all(node.elts)],
                "List": lambda: [kind, self.all(node.elts)],
                "Set": lambda: [kind, self.all(node.elts)],
                "Dict": lambda: [kind, [[e(key), e(value)] for key, value in zip(node.keys, node.values)]],
                "Starred": lambda: [kind, e(node.value)],
                "NamedExpr": lambda: ["Walrus", node.target.id, e(node.value)],
                "Await": lambda: [kind, e(node.value)],
                "Yield": lambda: [kind, e(node.value), False],
                "YieldFrom": lambda: ["Yield", e(node.value), True],
            }  # fmt: skip
            made = make[kind]()
        return [made[0], self.span(node), *made[1:]]

    def pattern(self, node):
        kind = type(node).__name__
        p = self.pattern
        if kind == "MatchValue" and isinstance(node.value, ast.BinOp):
            return ["value", ["Constant", self.span(node.value), "complex"]]
        if kind == "MatchAs" and node.pattern is None:
            return ["capture", node.name]
        make = {
            "MatchValue": lambda: ["value", self.expression(node.value)],
            "MatchSingleton": lambda: ["value", ["Constant", self.span(node), self.constant(node.value)]],
            "MatchAs": lambda: ["as", p(node.pattern), node.name],
            "MatchOr": lambda: ["or", [p(one) for one in node.patterns]],
            "MatchSequence": lambda: ["sequence", [p(one) for one in node.patterns]],
            "MatchStar": lambda: ["star", node.name],
            "MatchMapping": lambda: [
                "mapping", [[self.expression(key), p(one)] for key, one in zip(node.keys, node.patterns)], node.rest
            ],
            "MatchClass": lambda: [
                "class", self.expression(node.cls), [p(one) for one in node.patterns],
                [[name, p(one)] for name, one in zip(node.kwd_attrs, node.kwd_patterns)],
            ],
        }  # fmt: skip
        return make[kind]()

    def names(self, aliases):
        return [[one.name, one.asname] for one in aliases]

    def block(self, body):
        return [self.statement(one) for one in body]

    def otherwise(self, body):
        return self.block(body) if body else None

    def statement(self, node):
        kind = type(node).__name__.removeprefix("Async").replace("TryStar", "Try")
        e, b, o = self.expression, self.block, self.otherwise
        make = {
            "Expr": lambda: ["ExpressionStatement", e(node.value)],
            "Assign": lambda: [kind, self.all(node.targets), e(node.value)],
            "AugAssign": lambda: ["AugmentedAssign", e(node.target), self.op(node.op), e(node.value)],
            "AnnAssign": lambda: ["AnnotatedAssign", e(node.target), e(node.annotation), e(node.value)],
            "Return": lambda: [kind, e(node.value)],
            "Delete": lambda: [kind, self.all(node.targets)],
            "Pass": lambda: [kind],
            "Break": lambda: [kind],
            "Continue": lambda: [kind],
            "Raise": lambda: [kind, e(node.exc)],
            "Global": lambda: [kind, node.names],
            "Nonlocal": lambda: [kind, node.names],
            "Import": lambda: [kind, self.names(node.names)],
            "ImportFrom": lambda: [kind, "." * node.level + (node.module or ""), self.names(node.names)],
            "Assert": lambda: [kind, e(node.test)],
            "If": lambda: [kind, e(node.test), b(node.body), o(node.orelse)],
            "While": lambda: [kind, e(node.test), b(node.body), o(node.orelse)],
            "For": lambda: [kind, e(node.target), e(node.iter), b(node.body), o(node.orelse)],
            "With": lambda: [
                kind, [[e(one.context_expr), e(one.optional_vars)] for one in node.items], b(node.body)
            ],
            "Try": lambda: [
                kind, b(node.body), [[e(one.type), one.name, b(one.body)] for one in node.handlers],
                o(node.orelse), o(node.finalbody),
            ],
            "Match": lambda: [
                kind, e(node.subject), [[self.pattern(one.pattern), e(one.guard), b(one.body)] for one in node.cases]
            ],
            "FunctionDef": lambda: [
                kind, node.name, self.all(node.decorator_list), self.parameters(node.args), e(node.returns),
                isinstance(node, ast.AsyncFunctionDef), b(node.body),
            ],
            "ClassDef": lambda: [
                kind, node.name, self.all(node.decorator_list), self.arguments(node.bases, node.keywords), b(node.body)
            ],
        }  # fmt: skip
        made = make[kind]()
        span = self.span(node)
        if getattr(node, "decorator_list", None):
            span[0] = self.at_sign(node.decorator_list[0])
        return [made[0], span, *made[1:]]

    def at_sign(self, decorator):
        """A decorated definition starts at its first `@`."""
        line = self.lines[decorator.lineno - 1].encode()[: decorator.col_offset].decode()
        return self.offset(decorator.lineno, len(line[: line.rindex("@")].encode()))


def main():
    for path in sorted(pathlib.Path(__file__).parent.glob("samples/*.py")):
        source = path.read_text(encoding="utf-8")
        made = Recorder(source).block(ast.parse(source).body)
        rows = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in made)
        path.with_suffix(".ast.txt").write_text(f"[\n{rows}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
