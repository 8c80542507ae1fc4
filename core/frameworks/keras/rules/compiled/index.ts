import { itemsOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, Repair } from "../../../../interpreter/record.ts";
import { type Arg, type Place, samePlace, stringOf, type Value } from "../../../../interpreter/values.ts";
import { placeNames } from "../../runtime/named.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { isKnownName, LOSS_NAMES, METRIC_NAMES, OPTIMIZER_NAMES } from "../../training/names.ts";
import { versionIn } from "../../version.ts";
import { nearest } from "../near.ts";
import { outputsSaid } from "./outputs.ts";

/** What `compile` itself refuses. */
export function checkCompile(m: Machine, { compiled }: LayerRecord): void {
  if (versionIn(m) !== 3) return;
  const optimizer = compiled?.args["optimizer"];
  const named = stringOf(optimizer?.value);
  if (optimizer !== undefined && named !== undefined && !OPTIMIZER_NAMES.includes(named.toLowerCase())) {
    const { code, severity, message, repairs } = unknownName("optimizer", named, optimizer, OPTIMIZER_NAMES);
    m.report({ code, severity, place: optimizer.place ?? m.here, message, related: [], repairs });
  }
  if (optimizer !== undefined && isNoOptimizer(optimizer.value)) {
    const message = "`optimizer` is an optimizer or its name; this is neither";
    const place = optimizer.place ?? m.here;
    const edits = [{ place, text: "()", form: "behind" }];
    const repairs = optimizer.value.kind === "class" ? [{ title: "()", preferred: true, edits }] : [];
    m.report({ code: "bad-argument", severity: "error", place, message, related: [], repairs });
  }
  for (const parameter of ["metrics", "weighted_metrics"]) {
    const arg = compiled?.args[parameter];
    if (arg === undefined || !isOneMetric(arg.value)) continue;
    m.report({
      code: "bad-argument",
      severity: "error",
      place: arg.place ?? m.here,
      message: `\`${parameter}\` is a list, a tuple or a dictionary of metrics; this is one metric by itself`,
      related: [],
      repairs: inList(arg),
    });
  }
}
const isNoOptimizer = (value: Value): boolean =>
  ["int", "float", "bool", "list", "tuple", "class", "function"].includes(value.kind);
const isOneMetric = (value: Value): boolean =>
  (value.kind === "str" && value.value !== "") ||
  (value.kind === "instance" && value.class.mro.some((it) => it.qualifiedName === "keras.Metric"));

function inList({ place, name, node }: Arg): readonly Repair[] {
  if (place === undefined || node === undefined) return [];
  const start = { ...place, span: { start: node.span.start, end: node.span.start } };
  const end = { ...place, span: { start: node.span.end, end: node.span.end } };
  const edits = [
    { place: start, text: "[" },
    { place: end, text: "]" },
  ];
  return [{ title: `In a list${name === undefined ? "" : `: ${name}=[…]`}`, preferred: true, edits }];
}

/**
 * What `compile` was given is read at the first batch: names that Keras does not know, and losses, weights and metrics
 * for other outputs than the model has. Says whether there is nothing against it.
 */
export function checkCompiled(m: Machine, record: LayerRecord, place: Place): boolean {
  const { compiled, model } = record;
  if (compiled === undefined || versionIn(m) !== 3) return true;
  const names = model?.kind === "functional" ? placeNames(m, model, "outputs") : undefined;
  const isFlat = model?.kind === "functional" && (model.outputs.kind === "list" || model.outputs.kind === "tuple");
  const faults = [
    ...unknownNames(m, "loss", compiled.args["loss"]),
    ...unknownNames(m, "metric", compiled.args["metrics"]),
    ...unknownNames(m, "metric", compiled.args["weighted_metrics"]),
    ...(isFlat && names !== undefined && !names.includes("?") ? outputsSaid(m, compiled.args, names) : []),
  ];
  const [first] = faults;
  if (first === undefined) return true;
  const { code, severity, message, repairs } = first;
  const at = first.arg.place ?? place;
  const related = samePlace(at, place)
    ? []
    : [{ place, message: severity === "error" ? "Keras raises here" : "trained here" }];
  m.report({ code, severity, place: at, message, related, repairs } satisfies Fault);
  return severity !== "error";
}

export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly arg: Arg;
  readonly message: string;
  readonly repairs: readonly Repair[];
}

/** The strings in a loss or in metrics that name nothing. */
function unknownNames(m: Machine, kind: "loss" | "metric", arg: Arg | undefined): readonly Finding[] {
  if (arg === undefined) return [];
  const names = kind === "loss" ? LOSS_NAMES : [...METRIC_NAMES, "accuracy"];
  const strange = textsIn(m, arg.value).filter((it) => !isKnownName(kind, it));
  return strange.map((it) => unknownName(kind, it, arg, names));
}
function unknownName(kind: string, text: string, arg: Arg, names: readonly string[]): Finding {
  const near = nearest(text, names);
  const hint = near === undefined ? "" : `: did you mean ${near}?`;
  const repairs =
    near === undefined || arg.place === undefined
      ? []
      : [{ title: near, preferred: true, edits: [{ place: arg.place, text: `${text} ${near}`, form: "respell" }] }];
  return {
    code: "bad-argument",
    severity: "error",
    arg,
    message: `Keras knows no ${kind} \`${text}\`${hint}`,
    repairs,
  };
}

function textsIn(m: Machine, value: Value): readonly string[] {
  const text = stringOf(value);
  if (text !== undefined) return [text];
  return itemsOf(m, value)?.flatMap((it) => textsIn(m, it)) ?? [];
}
