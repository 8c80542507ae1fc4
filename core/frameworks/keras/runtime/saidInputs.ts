import { memberOf } from "../../../interpreter/attributes.ts";
import { makeList } from "../../../interpreter/containers.ts";
import { Raised } from "../../../interpreter/exits.ts";
import type { Mark } from "../../../interpreter/framework.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { childContext } from "../../../interpreter/scope.ts";
import { type Args, type Instance, positional } from "../../../interpreter/values.ts";
import type { FunctionDef, Lambda, Node } from "../../../python/syntax.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { callLayer } from "./layerCall.ts";
import { type LayerRecord, recordOf } from "./records.ts";
import { modelsIn } from "./reports.ts";
import { EAGER, newTensor } from "./tensors.ts";

type Said = (statement: number) => readonly TensorType[] | undefined;

/**
 * Calls the models whose input nobody states on what a comment says of it, when the program has ended: so a comment
 * never changes what the program itself does, and a model that the program calls is as the program calls it. Models
 * that were made later come first: what they call inside needs no comment's word any more.
 */
export function callAsSaid(m: Machine, marks: readonly Mark[], said: Said): void {
  const spent = new Set<number>();
  for (const self of modelsIn(marks).toReversed()) {
    const record = recordOf(m, self);
    if (record === undefined || m.exhausted) continue;
    // A comment on a model that needs none is no comment on nothing: it is asked for all the same.
    if (isStated(record)) inputsSaid(self, record, said, new Set());
    else {
      const inputs = inputsSaid(self, record, said, spent);
      if (inputs !== undefined) callOn(m, self, record, inputs);
    }
  }
}

/** The program says what the model takes: it has an input, or was called on one. */
function isStated({ model, inputs, outputs }: LayerRecord): boolean {
  if (model?.kind === "sequential") return model.input !== undefined || model.open !== undefined;
  return model?.kind === "functional" || outputs !== undefined || (inputs !== undefined && inputs.length > 0);
}

/** At the line that made it, at a line whose call led there, or at its class. */
function inputsSaid(
  self: Instance,
  { place, callers }: LayerRecord,
  said: Said,
  spent: Set<number>,
): readonly TensorType[] | undefined {
  const here = said(place.statement);
  if (here !== undefined) return here;
  for (const { statement } of callers) {
    const there = said(statement);
    if (there === undefined || spent.has(statement)) continue;
    // Of several models that a call makes, the last is the one that it is about.
    spent.add(statement);
    return there;
  }
  const classes = self.class.mro.map(({ statement }) => (statement === undefined ? undefined : said(statement)));
  return classes.find((it) => it !== undefined);
}

/** One object for the same model and the same comment, so that the call is remembered as a statement is. */
const units = new WeakMap<readonly TensorType[], Map<number, Node>>();
function unitOf(inputs: readonly TensorType[], self: Instance): Node {
  const known = units.get(inputs) ?? new Map<number, Node>();
  units.set(inputs, known);
  const unit = known.get(self.id) ?? { id: self.id, span: { start: 0, end: 0 } };
  known.set(self.id, unit);
  return unit;
}

function callOn(m: Machine, self: Instance, { place, callers }: LayerRecord, inputs: readonly TensorType[]): void {
  // As if the line that made it called it.
  const context = [place, ...callers].reduceRight(
    (outer, caller) => childContext(outer, `said of ${self.id}`, caller),
    m.context,
  );
  m.within(context, m.scope, place.path, () => {
    const statement: Node = { id: place.statement, span: place.span };
    m.unit(
      unitOf(inputs, self),
      () => {
        m.site = undefined;
        const tensors = inputs.map((type) => newTensor(m, type, EAGER, false));
        try {
          callLayer(m, self, argumentsFor(m, self, tensors));
        } catch (thrown) {
          if (!(thrown instanceof Raised)) throw thrown;
        }
        m.note = undefined;
        return {};
      },
      statement,
    );
  });
}

/** Several tensors are given one by one to a `call` that asks for as many, and else as a list. */
function argumentsFor(m: Machine, self: Instance, tensors: readonly ReturnType<typeof newTensor>[]): Args {
  const call = memberOf(m, self.class, "call")?.value;
  const code = call?.kind === "function" ? (m.code(call.code) as FunctionDef | Lambda | undefined) : undefined;
  const params = code?.params.slice(1) ?? [];
  const asked = params.filter((it) => it.kind.startsWith("positional") && it.initial === undefined).length;
  const oneByOne = tensors.length === 1 || asked >= tensors.length || params.some((it) => it.kind === "varArgs");
  return oneByOne ? positional(...tensors) : positional(makeList(m, tensors));
}
