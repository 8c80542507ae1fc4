import { dictOf } from "./containers.ts";
import { display } from "./display.ts";
import { formatted } from "./formatting.ts";
import type { Machine } from "./machine.ts";
import { subscript } from "./subscript.ts";
import { int, numberOf, reasonOf, str, unknown, type Value } from "./values.ts";

const FIELD = /%(?:%|(?:\(([^)]*)\))?([-0 +#]*)(\d*|\*)(?:\.(\d+|\*))?([diufFrsagGeExXoc]))/g;

/** `text % values`: values in order, or a mapping for `%(name)s`. */
export function formatPercent(m: Machine, text: string, values: Value): Value {
  const places = values.kind === "tuple" ? values.items : [values];
  let used = 0;
  let doubt: string | undefined;
  const made = text.replace(FIELD, (all, name?: string, flags = "", width = "", digits?: string, type = "") => {
    if (all === "%%") return "%";
    if (width === "*" || digits === "*") doubt ??= "a width that is given apart";
    const value = name === undefined ? places[used++] : subscript(m, values, str(name));
    if (value === undefined) doubt ??= "too few values for the format";
    const shown = value === undefined ? undefined : field(m, value, { flags, width, digits, type });
    if (shown === undefined) doubt ??= (value === undefined ? undefined : reasonOf(value)) ?? "its text is not known";
    return shown ?? "";
  });
  const mapping = values.kind === "dict" && dictOf(m, values) !== undefined;
  if (used < places.length && !(mapping && used === 0)) doubt ??= "more values than the format takes";
  return doubt === undefined ? str(made) : unknown(doubt, "str");
}

interface Field {
  readonly flags: string;
  readonly width: string;
  readonly digits: string | undefined;
  readonly type: string;
}

function field(m: Machine, given: Value, { flags, width, digits, type }: Field): string | undefined {
  const left = flags.includes("-");
  const precision = digits === undefined ? "" : `.${digits}`;
  if (type === "s" || type === "r" || type === "a") {
    const text = display(m, given, type !== "s");
    return text === undefined || type === "a"
      ? undefined
      : formatted(m, str(text), `${left ? "<" : ">"}${width}${precision}`);
  }
  if (type === "c") return undefined;
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const whole = /[diuxXo]/.test(type);
  const number = whole && type !== "x" && type !== "X" && type !== "o" ? truncated(given) : given;
  if (numberOf(number) === undefined || (whole && (number.kind === "float" || digits !== undefined))) return undefined;
  const zero = flags.includes("0") && !left ? "0" : "";
  const align = left ? "<" : "";
  const kind = /[diu]/.test(type) ? "d" : type;
  return formatted(m, number, `${align}${sign}${flags.includes("#") ? "#" : ""}${zero}${width}${precision}${kind}`);
}
const truncated = (value: Value): Value =>
  value.kind === "float" && Number.isSafeInteger(Math.trunc(value.value)) ? int(Math.trunc(value.value) + 0) : value;
