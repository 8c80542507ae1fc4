import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./python.ts";

test("getattr with a default takes it where __getattr__ raises, also inside a loop of a function", () => {
  const ran = run(`
class Params:
    RESERVED = ["_locked"]
    def __getattr__(self, k):
        if k not in self.__dict__.keys():
            raise AttributeError("no {}".format(k))
        return self.__dict__[k]
    def __setattr__(self, k, v):
        if k not in self.RESERVED:
            if getattr(self, "_locked", False):
                raise ValueError("locked")
        self.__dict__[k] = v
def made(n):
    out = []
    for i in range(n):
        p = Params()
        p.size = i
        out.append(p)
    return out
x = len(made(3)), [p.size for p in made(2)], hasattr(made(1)[0], "size"), hasattr(made(1)[0], "other")
`);
  assert.equal(ran.text("x"), "(3, [0, 1], True, False)");
});
