import type { Machine } from "../../interpreter/machine.ts";
import { unknown, type Value } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { Shape } from "../../tensor/shape.ts";
import { type Call, fn } from "../operation/call.ts";
import { numpyDType } from "../operation/dtypeNames.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { operandOf } from "../operation/operand.ts";
import { tensor } from "../operation.ts";
import { ARRAY } from "./array.ts";
import { NUMPY } from "./library.ts";

/** Arrays in files of the workspace: the head of `.npy`, tables of numbers. */

/** Reads the file that an argument names; or says why nothing is known of it. */
function fileOf(c: Call, name: string): { readonly text: string; readonly whole: boolean } | Value {
  const path = c.text(name);
  if (path === undefined) return unknown("the path is not known: what the file holds is known when it runs");
  const file = c.m.dataFile(path);
  if (file === undefined) return unknown(`${path} is not in the workspace: what it holds is known when it runs`);
  return file === "pending" ? unknown(`${path} is not read yet`) : file;
}
const isValue = (it: { readonly text: string; readonly whole: boolean } | Value): it is Value => !("whole" in it);

/** `{'descr': '<f4', 'fortran_order': False, 'shape': (50, 7), }` (numpy.lib.format) */
function load(c: Call): Value {
  const file = fileOf(c, "file");
  if (isValue(file)) return file;
  const head = /^\u0093NUMPY[^{]*\{([^}]*)\}/.exec(file.text)?.[1];
  const sizes = head === undefined ? undefined : /'shape': \(([\d, ]*)\)/.exec(head)?.[1];
  if (head === undefined || sizes === undefined) return unknown("an archive of arrays is not followed");
  const dims = sizes.split(",").flatMap((it) => (it.trim() === "" ? [] : [Number(it)]));
  const code = /'descr': '([^']*)'/.exec(head)?.[1];
  return tensor(c.m, ARRAY, new Shape(dims), code === undefined ? undefined : numpyDType(code));
}

const typeIn = (c: Call): DType | undefined =>
  c.value("dtype").kind === "class" || c.value("dtype").kind === "opaque" || c.value("dtype").kind === "str"
    ? (dtypeOf(c.value("dtype"), NUMPY) ?? undefined)
    : undefined;

/** `usecols`: how many columns it takes of those that there are. */
function width(m: Machine, c: Call, all: number): Dim {
  const wanted = c.value("usecols");
  if (wanted.kind === "none") return all;
  const { shape } = operandOf(m, wanted);
  if (!("dims" in shape)) return unknownDim(shape.reason);
  return shape.rank === 0 ? 1 : shape.at(0);
}

/** Rows of numbers; one row or one column is a vector. */
function table(c: Call, skip: string): Value {
  const file = fileOf(c, "fname");
  if (isValue(file)) return file;
  const skipped = c.number(skip);
  const most = c.has("max_rows") ? c.number("max_rows") : Number.POSITIVE_INFINITY;
  const separator = c.has("delimiter") ? c.text("delimiter") : undefined;
  const odd = ["names", "unpack", "skip_footer", "converters"].some((name) => c.more.has(name));
  if (skipped === undefined || most === undefined || odd || (c.has("delimiter") && separator === undefined))
    return unknown("how the file is read is not followed");
  const all = file.text.split(/\r?\n/);
  const lines = (file.whole ? all : all.slice(0, -1))
    .slice(skipped)
    .map((line) => line.replace(/#.*$/, ""))
    .filter((line) => line.trim() !== "")
    .slice(0, most);
  const [first] = lines;
  if (first === undefined) return unknown("the file has no rows");
  const columns: Dim = width(
    c.m,
    c,
    separator === undefined ? first.trim().split(/\s+/).length : first.split(separator).length,
  );
  const reason = "the file is too large to count its rows: they are known when it runs";
  const rows: Dim = file.whole || lines.length === most ? lines.length : unknownDim(reason);
  const whole: readonly Dim[] = [rows, columns];
  const dims = whole.filter((it) => it !== 1 || c.number("ndmin") === 2);
  return tensor(c.m, ARRAY, new Shape(dims), typeIn(c));
}

const reads = (name: string, signature: string, rule: (c: Call) => Value): readonly [string, Value] => [
  `numpy.${name}`,
  fn(`numpy.${name}`, signature, rule),
];
const unread = (name: string): readonly [string, Value] =>
  reads(name, "*given, **named", () => unknown("what the file holds is known when it runs"));

export const FILES: readonly (readonly [string, Value])[] = [
  reads("load", "file, *rest, **named", load),
  reads(
    "loadtxt",
    "fname, dtype='float64', comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, *, ndmin=0, " +
      "max_rows=None, encoding=None, **more",
    (c) => table(c, "skiprows"),
  ),
  reads(
    "genfromtxt",
    "fname, dtype='float64', comments='#', delimiter=None, skip_header=0, *, usecols=None, max_rows=None, **more",
    (c) => table(c, "skip_header"),
  ),
  ...["fromfile", "memmap", "fromregex"].map(unread),
];
