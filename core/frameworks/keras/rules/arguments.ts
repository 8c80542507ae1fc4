import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair, Severity } from "../../../interpreter/record.ts";
import type { Arg } from "../../../interpreter/values.ts";
import type { Bound } from "../runtime/given.ts";
import type { Signature } from "../signatures.ts";
import { isExact, isOfKeras1, versionIn } from "../version.ts";
import { nearest } from "./near.ts";
import { OLD_NAMES, removedArgument, wasTaken } from "./removedArgument.ts";

/**
 * What Keras's constructor refuses by its signature alone: an argument it does not have, or one that is missing.
 * Whether there is any.
 */
export function checkArguments(m: Machine, signature: Signature, bound: Bound): boolean {
  const type = signature.name.slice(signature.name.lastIndexOf(".") + 1);
  const [unexpected] = bound.unexpected;
  if (unexpected?.name !== undefined) unknownArgument(m, type, signature, unexpected, unexpected.name);
  const [missing] = bound.missing;
  if (missing !== undefined) {
    fault(m, "missing-argument", undefined, `${type} needs ${missing.name}: it has no default`, []);
  }
  const [surplus] = bound.surplus;
  if (surplus !== undefined) {
    const count = signature.parameters?.filter((it) => it.kind === "positional").length ?? 0;
    fault(m, "bad-argument", surplus, `${type} takes ${count} positional arguments; this is one more`, []);
  }
  return unexpected !== undefined || missing !== undefined || surplus !== undefined;
}

function unknownArgument(m: Machine, type: string, signature: Signature, arg: Arg, name: string): void {
  // Keras 2.0 to 2.3 took Keras 1's words, and what else of Keras 1 a program says is not told of one by one.
  if (isOfKeras1(m)) return;
  const names = [
    ...(signature.parameters ?? []).map((it) => it.name),
    ...(Array.isArray(signature.keywords) ? signature.keywords : []),
  ];
  const { place, node } = arg;
  const now = OLD_NAMES[name]?.find((it) => names.includes(it));
  if (versionIn(m) === 3 && (now !== undefined || wasTaken(signature, name))) {
    removedArgument(m, type, arg, name, now);
    return;
  }
  const close = nearest(name, names);
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
