import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { INT, STR } from "../../interpreter/builtins/types.ts";
import { builtin } from "../../interpreter/builtins.ts";
import { callValue } from "../../interpreter/calls.ts";
import { fieldOf } from "../../interpreter/methods.ts";
import { FALSE, type NativeValue, positional, TRUE, tuple } from "../../interpreter/values.ts";
import { keeps, type Library, table } from "./library.ts";

/** `six`: what old code uses to run under Python 2 as well. */

/** `six.iteritems(d)` is `d.items()`. */
const through = (name: string, method: string): NativeValue =>
  define(`six.${name}`, "mapping", (m, { mapping }) => {
    const found = fieldOf(m, mapping, method);
    return found === undefined ? doubtful([mapping], "a mapping that is not known") : callValue(m, found, positional());
  });

const KEEPS = keeps("six.keeps");

export const SIX: Library = {
  name: "six",
  members: {
    PY2: FALSE,
    PY3: TRUE,
    string_types: tuple([STR]),
    integer_types: tuple([INT]),
    text_type: STR,
    ...table(
      through("iteritems", "items"),
      through("itervalues", "values"),
      through("iterkeys", "keys"),
      define("six.with_metaclass", "meta, *bases", (_, { bases }) => bases[0] ?? OBJECT),
      define("six.add_metaclass", "meta", () => KEEPS),
      keeps("six.python_2_unicode_compatible"),
    ),
  },
};
/** `from six.moves import range, zip`: the built-in ones. */
export const SIX_MOVES: Library = {
  name: "six.moves",
  members: {},
  other: (_, name) => builtin({ xrange: "range", izip: "zip", imap: "map" }[name] ?? name),
};
