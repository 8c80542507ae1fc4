# Every construct of the language that CPython 3.11 can read, for comparison with its own tree.
import a.b.c, d as e
from . import f
from ..g.h import (i as j, k,)
from l import *
x = y = z, *w = 1, 2, 3
x: int
x: "list[int]" = []
(x): int = 1
x.y[0]: Optional[Dict[str, int | None]] = {}
x += 1; x -= 1; x *= 2; x /= 2; x //= 2; x %= 2; x **= 2; x @= m; x &= 1; x |= 1; x ^= 1; x <<= 1; x >>= 1
del x, y[0], (z, w.v)
0, 1_000, 0xFF_ff, 0o17, 0b1010, 12345678901234567890, 1.5, .5, 5., 1e10, 1_0.0_1e-3, 2j, 1.5J, 00
None, True, False, ..., Ellipsis
'a' "b" '''c
d''' r'\d\'', b'\x00\xff\'' b"ascii", u'é'
'\n\t\\\'\"\a\b\f\r\v\0\101\x41\u00e9\U0001F3A8\
joined'
b'\n\101\u1234' rb'\n' Rb"\n"
f'' f'a{b}c' 'plain' f"{b!r:>{w}.2f}{{not}} {c=} {d['k']:%Y-%m-%d} {lambda_: 3}" rf'\d{n}' F"{(lambda: 1)()}"
f'''{
x
}''' f"{x!s}{ y }{a, b}{*a, b}" f"{x = }" f"{x=!s:^20}"
a or b or c and d and not e
(a or b) or c
a < b <= c != d is not e is f not in g in h == i > j >= k
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m ** n ** o
a ^ b & c ^ d & e & (f ^ g)
-a ** -b, ~a, +a, not not a, - -1
a if b else c if d else e
lambda: 0
lambda a, b=1, /, c=2, *d, e, f=3, **g: (a, b)
lambda *, a: lambda **k: a
f(), f(a, *b, c=1, *d, **e, f=2), f(x for x in y), f(a)(b)[c].d(e)
f(a,)[b,][c:d][::e][f:, ..., :g:h](i)[j:=k]
[], [a], [a, *b,], {a}, {a, *b}, {}, {a: b, **c, 'd': e,}, (), (a,), (a, b), ((a)), a,
[a for b in c if d if e for f, g in h], {a for a, in b}, {a: b for a, b in c}, (a async for a in b)
[lambda: x for x in y], [x for x in (lambda: y)]
(a := b), [c := d, e], f(g := h)
{*a.b(c)}, [*a[0] | b, c], (d, *e + f), *g.h
print(a), print (b), print
exec, type(a).b, match, case, _
type(a)[b] = c
match = case = type = 1
match[a], match(b), match.c, -match
def f(a, b: int = 1, /, c: "str" = 2, *args: Any, d, e: float = 3.0, **kwargs: Any) -> Tuple[int, ...]:
    """doc"""
    global g, h
    def inner():
        nonlocal a
        return
    return a, *args
def f(*, a): pass
def f(a, *b, c): return (yield)
async def f(): await a; return await b(c)
@a
@b.c(d, e=1)
# between
@(lambda f: f)
class A(B, *C, metaclass=D, **E):
    x = 1

    @property
    async def y(self): yield; yield 1, 2; x = yield from z
class A: pass
class A(): x = 1; y = 2
if a: b
elif c: d
else: e
if a:
    if b:
        c
    elif d:
        e
    # comment
elif f:
  g
else:
        h
for a in b: c
for a, *b in c, d:
    continue
else:
    break
while a:
    pass
else:
    pass
with a: pass
with a as b, c as (d, e), f:
    pass
with (a as b, c): pass
with (a, b): pass
with (a): pass
with (a) as b, (c, d) as e: pass
async def f():
    async with a as b: pass
    async for c in d: pass
    return [x async for x in y if await z]
try:
    a
except B: c
except (D, E) as f:
    g
except:
    h
else:
    i
finally:
    j
try: a
finally: b
try:
    a
except* B as c:
    d
raise
raise A
raise A(b) from c
assert a
assert a, "b"
match a:
    case 1 | -2 | 3.5 | "s" "t" | None | True | 1+2j | -1-2j: pass
    case a.b.c: pass
    case x if x > 1: pass
    case [a, b, *_, c] | (d, *e): pass
    case (f): pass
    case (f,): pass
    case []: pass
    case (): pass
    case {"k": v, 1: w, a.b: [x], **rest}: pass
    case {}: pass
    case A(): pass
    case A.B(c, d=e, f=-1): pass
    case (1 | 2) as x: pass
    case [1, 2] as y, z: pass
    case *a, b: pass
    case a,: pass
    case _: pass
match a, b:
    case _:
        c
match (a):
    case b: c
match -a:
    case b: c
match [a]:
    case b: c
match *a, b:
    case c:
        d
x = a \
    + b; y = \
  c
if a and \
   b:
    c
x = [
  1,
# comment
2,

    3]; y = {  # comment
'a': 1 }
x = (yield)
é, ß = 名, "😀"; after = 1
