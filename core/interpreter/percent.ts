import { display, formatted } from "./display.ts";
import type { Machine } from "./machine.ts";
import { reasonOf, str, unknown, type Value } from "./values.ts";

/** `text % values`. */
export function formatPercent(m: Machine, text: string, values: Value): Value {
  const given = values.kind === "tuple" ? values.items : [values];
  let used = 0;
  let doubt: string | undefined;
  const result = text.replace(
    /%(?:%|([-0 +#]*)(\d*)(?:\.(\d+))?([diufsrgexX]))/g,
    (all, flags, width, digits, type) => {
      if (all === "%%") return "%";
      const value = given[used++];
      if (value === undefined) doubt ??= "too few values for the format";
      else {
        const precision = digits === undefined ? "" : `.${digits}`;
        const zero = String(flags).includes("0") ? "0" : "";
        const kind = type === "f" ? "f" : "";
        const shown =
          type === "r"
            ? display(m, value, true)
            : formatted(m, value, `${zero}${width}${kind === "f" ? precision || ".6" : ""}${kind}`);
        if (shown !== undefined) return shown;
        doubt ??= reasonOf(value) ?? "its text is not known";
      }
      return "";
    },
  );
  return doubt === undefined ? str(result) : unknown(doubt, "str");
}
