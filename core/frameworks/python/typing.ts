import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { lazyClass, OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { DICT } from "../../interpreter/builtins/types.ts";
import { makeDict } from "../../interpreter/containers.ts";
import { entriesFrom } from "../../interpreter/methods/dicts.ts";
import { type ClassValue, FALSE, nativeClass, unknown, type Value } from "../../interpreter/values.ts";
import { keeps, type Library, table } from "./library.ts";
import { TYPING_NAMED_TUPLE } from "./namedTuples.ts";

/** `typing`: its names are types that nothing hangs on; each is a class, so that it can be indexed and derived from. */

const NAMES = `Any Union Optional List Tuple Dict Set FrozenSet Type Callable Iterable Iterator Sequence Mapping
MutableMapping MutableSequence Generator Generic Protocol Literal Final ClassVar Annotated AnyStr Text Hashable Sized
Collection Container Reversible SupportsInt SupportsFloat SupportsIndex Awaitable Coroutine AsyncIterator AsyncIterable
AsyncGenerator Deque DefaultDict OrderedDict Counter ChainMap ContextManager NoReturn Never Self TypeAlias LiteralString
Unpack Required NotRequired Concatenate TypeGuard IO TextIO BinaryIO Pattern Match ByteString KeysView ValuesView
ItemsView
AbstractSet MutableSet SupportsAbs Buffer`.split(/\s+/);

const typesOf = (module: string): Record<string, ClassValue> =>
  Object.fromEntries(NAMES.map((name) => [name, nativeClass(`${module}.${name}`, [OBJECT], {})]));

const TYPED_DICT: ClassValue = lazyClass("typing.TypedDict", [DICT], () => ({
  __new__: define("typing.TypedDict", "type, source?, /, **named", (m, { source, named }) => {
    const { entries, open } = entriesFrom(m, source, named);
    return makeDict(m, entries, open);
  }),
}));

const FUNCTIONS = table(
  define("typing.cast", "type, value", (_, { value }) => value),
  define("typing.TypeVar", "name, *values, **named", () => nativeTypeVariable),
  define("typing.ParamSpec", "name, **named", () => nativeTypeVariable),
  define("typing.TypeVarTuple", "name, **named", () => nativeTypeVariable),
  define("typing.NewType", "name, type", () => KEEPS),
  define("typing.get_type_hints", "*values, **named", () => unknown("the types of an object are not followed")),
  define("typing.get_args", "type", () => unknown("the types of an object are not followed")),
  define("typing.get_origin", "type", () => unknown("the types of an object are not followed")),
  define("typing.assert_type", "value, type", (_, { value }) => value),
  define("typing.assert_never", "value", (_, { value }) => doubtful([value], "never")),
  define("typing.reveal_type", "value", (_, { value }) => value),
  define("typing.dataclass_transform", "**named", () => KEEPS),
  keeps("typing.overload"),
  keeps("typing.no_type_check"),
  keeps("typing.final"),
  keeps("typing.runtime_checkable"),
  keeps("typing.override"),
);
const KEEPS = keeps("typing.keeps");
const nativeTypeVariable: Value = nativeClass("typing.TypeVar", [OBJECT], {});

const library = (name: string): Library => ({
  name,
  members: {
    ...typesOf(name),
    ...FUNCTIONS,
    NamedTuple: TYPING_NAMED_TUPLE,
    TypedDict: TYPED_DICT,
    TYPE_CHECKING: FALSE,
  },
});
export const TYPING = library("typing");
export const TYPING_EXTENSIONS = library("typing_extensions");
export const ABSTRACT_COLLECTIONS: Library = { name: "collections.abc", members: typesOf("collections.abc") };
export const NUMBERS: Library = {
  name: "numbers",
  members: Object.fromEntries(
    ["Number", "Complex", "Real", "Rational", "Integral"].map((name) => [
      name,
      nativeClass(`numbers.${name}`, [OBJECT], {}),
    ]),
  ),
};
