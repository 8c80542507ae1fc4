import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair, Severity } from "../../../interpreter/record.ts";
import type { Arg } from "../../../interpreter/values.ts";
import type { Bound } from "../runtime/given.ts";
import type { Signature } from "../signatures.ts";
import { isExact } from "../version.ts";

/** What Keras's constructor refuses by its signature alone: an argument it does not have, or one that is missing. */
export function checkArguments(m: Machine, signature: Signature, bound: Bound): void {
  const type = signature.name.slice(signature.name.lastIndexOf(".") + 1);
  const [unexpected] = bound.unexpected;
  if (unexpected?.name !== undefined) unknownArgument(m, type, signature, unexpected, unexpected.name);
  const [missing] = bound.missing;
  if (missing !== undefined) {
    fault(m, "missing-argument", undefined, `${type} needs ${missing.name}: it has no default`, []);
  }
  const [surplus] = bound.surplus;
  if (surplus !== undefined) {
    const count = signature.parameters?.length ?? 0;
    fault(m, "bad-argument", surplus, `${type} takes ${count} positional arguments; this is one more`, []);
  }
}

function unknownArgument(m: Machine, type: string, signature: Signature, arg: Arg, name: string): void {
  const names = [
    ...(signature.parameters ?? []).map((it) => it.name),
    ...(Array.isArray(signature.keywords) ? signature.keywords : []),
  ];
  const close = nearest(name, names);
  const { place, node } = arg;
  const repairs: readonly Repair[] =
    close === undefined || place === undefined || node === undefined
      ? []
      : [
          {
            title: `Rename to ${close}`,
            preferred: true,
            edits: [
              {
                place: { ...place, span: { start: place.span.start, end: place.span.start + name.length } },
                text: close,
              },
            ],
          },
        ];
  const hint = close === undefined ? "" : `: did you mean ${close}?`;
  const message = `${type} has no argument ${name}${hint}`;
  if (isExact(m)) fault(m, "unknown-argument", arg, message, repairs);
  // Another release may have it.
  else fault(m, "unknown-argument", arg, `In the Keras that Inlayer knows, ${message}`, repairs, "information");
}

function fault(
  m: Machine,
  code: string,
  arg: Arg | undefined,
  message: string,
  repairs: readonly Repair[],
  severity: Severity = "error",
): void {
  m.report({ code, severity, place: arg?.place ?? m.here, message, related: [], repairs });
}

/** The name that was most likely meant; undefined where none is like it. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const near = names.map((it) => ({ it, far: distance(name, it) })).sort((a, b) => a.far - b.far)[0];
  return near !== undefined && near.far <= Math.max(1, Math.floor(name.length / 3)) ? near.it : undefined;
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, x] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, y] of [...b].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (x === y ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
