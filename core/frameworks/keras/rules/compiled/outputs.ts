import { itemsOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Arg } from "../../../../interpreter/values.ts";
import type { Finding } from "./index.ts";
import { keysOf, listed, renamed } from "./keys.ts";

/**
 * Losses, weights and metrics by outputs, of a model that yields a list of several. Source: `CompileLoss.build` and
 * `CompileMetrics._build_metrics_set` in keras.src.trainers.compile_utils.
 */
export function outputsSaid(
  m: Machine,
  args: Readonly<Record<string, Arg>>,
  names: readonly string[],
): readonly Finding[] {
  return [
    ...lossNames(m, args["loss"], names),
    ...lossCount(m, args["loss"], names),
    ...weights(m, args, names),
    ...metrics(m, args["metrics"], "metrics", names),
    ...metrics(m, args["weighted_metrics"], "weighted_metrics", names),
  ];
}

const error = (arg: Arg, message: string, repairs: readonly Repair[] = []): readonly Finding[] => [
  { code: "bad-argument", severity: "error", arg, message, repairs },
];

function lossNames(m: Machine, arg: Arg | undefined, names: readonly string[]): readonly Finding[] {
  const keys = arg && keysOf(m, arg.value);
  if (arg === undefined || keys === undefined) return [];
  const strange = keys.filter((it) => !names.includes(it));
  const without = names.filter((it) => !keys.includes(it));
  if (strange.length > 0)
    return error(
      arg,
      `The outputs are ${listed(names)}: \`loss\` speaks of ${listed(strange)}, which is none of them`,
      renamed(arg, keys, names),
    );
  return without.length === 0
    ? []
    : error(arg, `\`loss\` has nothing for ${listed(without)}: say None where there is no loss`);
}

function lossCount(m: Machine, arg: Arg | undefined, names: readonly string[]): readonly Finding[] {
  const items = arg && itemsOf(m, arg.value);
  if (arg === undefined || items === undefined || items.length === names.length || items.length === 0) return [];
  // A tuple beside a list of outputs is taken otherwise.
  if (arg.value.kind !== "list") return [];
  if (items.length > names.length) return error(arg, `There are ${items.length} losses for ${names.length} outputs`);
  const without = names.slice(items.length);
  const message =
    `\`loss\` has ${items.length} for ${names.length} outputs: ` +
    `nothing trains ${listed(without)}, and nothing raises`;
  return [{ code: "bad-argument", severity: "warning", arg, message, repairs: [] }];
}

function weights(m: Machine, args: Readonly<Record<string, Arg>>, names: readonly string[]): readonly Finding[] {
  const [arg, loss] = [args["loss_weights"], args["loss"]];
  if (arg === undefined || loss === undefined) return [];
  const items = itemsOf(m, arg.value);
  const losses = itemsOf(m, loss.value)?.length ?? keysOf(m, loss.value)?.length;
  if (items !== undefined && losses !== undefined && items.length !== losses)
    return error(arg, `There are ${items.length} weights for ${losses} losses`);
  const keys = loss.value.kind === "dict" ? keysOf(m, arg.value) : undefined;
  const without = keys === undefined ? [] : names.filter((it) => !keys.includes(it));
  return without.length === 0 ? [] : error(arg, `\`loss_weights\` has nothing for ${listed(without)}`);
}

function metrics(m: Machine, arg: Arg | undefined, parameter: string, names: readonly string[]): readonly Finding[] {
  if (arg === undefined) return [];
  const items = itemsOf(m, arg.value);
  if (items !== undefined && items.length > 0 && items.length !== names.length)
    return error(
      arg,
      `The model has ${names.length} outputs, ${listed(names)}, and \`${parameter}\` is a list of ${items.length}: ` +
        "say for each output which it has, {name: […]}",
    );
  const keys = keysOf(m, arg.value) ?? [];
  const strange = keys.filter((it) => !names.includes(it));
  return strange.length === 0
    ? []
    : error(
        arg,
        `The outputs are ${listed(names)}: \`${parameter}\` speaks of ${listed(strange)}, which is none of them`,
        renamed(arg, keys, names),
      );
}
