import { storeAttribute } from "../attributes.ts";
import { type ClassValue, NONE_VALUE, tuple, type Value } from "../values.ts";
import { defineMethod } from "./define.ts";
import { lazyClass, OBJECT } from "./lazyClass.ts";

/** The exceptions, as Python derives them from each other. Each instance keeps its arguments. */

const MEMBERS: Readonly<Record<string, Value>> = {
  __init__: defineMethod("BaseException.__init__", "self, *args, **named", (m, { self, args }) => {
    if (self.kind === "instance") storeAttribute(m, self, "args", tuple(args));
    return NONE_VALUE;
  }),
  with_traceback: defineMethod("BaseException.with_traceback", "self, traceback, /", (_, { self }) => self),
  add_note: defineMethod("BaseException.add_note", "self, note, /", () => NONE_VALUE),
};

/** Each after its base: `Base: derived …`. */
const HIERARCHY = `
BaseException: Exception SystemExit KeyboardInterrupt GeneratorExit
Exception: ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError
Exception: NameError OSError ReferenceError RuntimeError StopIteration StopAsyncIteration SyntaxError SystemError
Exception: TypeError ValueError Warning
ArithmeticError: FloatingPointError OverflowError ZeroDivisionError
ImportError: ModuleNotFoundError
LookupError: IndexError KeyError
NameError: UnboundLocalError
AttributeError: FrozenInstanceError
OSError: BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError
OSError: IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError
ConnectionError: BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError
RuntimeError: NotImplementedError RecursionError
SyntaxError: IndentationError
IndentationError: TabError
ValueError: UnicodeError JSONDecodeError
UnicodeError: UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError
Warning: BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning
Warning: ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning
`;

const classes = new Map<string, ClassValue>([
  ["BaseException", lazyClass("builtins.BaseException", [OBJECT], () => MEMBERS)],
]);
for (const line of HIERARCHY.trim().split("\n")) {
  const [base = "", derived = ""] = line.split(": ");
  const parent = classes.get(base);
  for (const name of derived.split(" ")) {
    classes.set(
      name,
      lazyClass(`builtins.${name}`, parent === undefined ? [] : [parent], () => ({})),
    );
  }
}
const also = (name: string, of: string): void => {
  const known = classes.get(of);
  if (known !== undefined) classes.set(name, known);
};
also("IOError", "OSError");
also("EnvironmentError", "OSError");

/** `FrozenInstanceError` and `JSONDecodeError` are their modules' own. */
export const EXCEPTIONS: ReadonlyMap<string, ClassValue> = classes;
