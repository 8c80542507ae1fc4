import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import { type Arg, stringOf } from "../../../interpreter/values.ts";
import { versionIn } from "../version.ts";
import { said } from "./setArgument.ts";

/** Keras 3 tells what it writes from the ending of the file's name alone; Keras 2 took any name. */
const ENDINGS = {
  model: [".keras", ".h5", ".hdf5"],
  checkpoint: [".keras", ".h5"],
  weights: [".weights.h5"],
} as const;
export type Written = keyof typeof ENDINGS;

/** Reports a name that Keras 3 refuses to write, and gives it the ending of what was meant. */
export function checkFileName(m: Machine, what: Written, arg: Arg | undefined): void {
  const path = stringOf(arg?.value);
  if (path === undefined || arg === undefined || versionIn(m) !== 3 || m.guarded > 0 || m.isStrict) return;
  const endings: readonly string[] = ENDINGS[what];
  if (endings.some((it) => path.endsWith(it)) || path.startsWith("hf://")) return;
  const stem = path.replace(OLD_ENDING, "");
  const renamed = `${stem === "" ? "model" : stem}${endings[0]}`;
  const written = what === "weights" ? "weights" : "a model";
  const message = `Keras 3 writes ${written} to a file that ends in ${endings.join(" or ")}; this is "${path}"`;
  const isPlain = arg.node?.kind === "Constant" && /^[^"\\\n]*$/.test(path);
  const repairs: readonly Repair[] =
    isPlain && arg.place !== undefined
      ? [
          {
            title: `Name it "${renamed}"`,
            preferred: true,
            edits: [{ place: arg.place, text: said(arg, arg.name ?? "", `"${renamed}"`) }],
          },
        ]
      : [];
  m.report({
    code: "removed-in-keras-3",
    severity: "error",
    place: arg.place ?? m.here,
    message,
    related: [],
    repairs,
  });
}
const OLD_ENDING = /\/+$|(?:\.weights)?\.(?:h5|hdf5|keras|tf|pb|ckpt|model)$/i;
