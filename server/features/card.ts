import {
  type Card,
  type CardArgument,
  type CardContext,
  type Location,
  type ModelReport,
  type Outputs,
  printDim,
  printShape,
  sameSpan,
  type TensorFact,
  type Way,
} from "../../core/index.ts";
import { memoryOf, memoryOfCall } from "./memory.ts";
import { printCount as count, printBytes, printParams } from "./numbers.ts";
import { type Block, type Page, type Piece, paragraph, worded } from "./page.ts";

/** How a place is called: `line 12`, `blocks.py:3`. */
export type PlaceName = (location: Location) => string;

const factsOf = (outputs: Outputs): readonly TensorFact[] => ("shape" in outputs ? [outputs] : outputs);

/** `(None, 10, 64) float32`; several side by side. */
function tensors(facts: readonly TensorFact[]): readonly Piece[] {
  const dtypes = new Set(facts.map(({ dtype }) => dtype));
  const [dtype] = dtypes;
  const shapes = facts.map(({ shape }) => printShape(shape)).join(", ");
  if (dtypes.size === 1) return [{ code: shapes }, ...(dtype === undefined ? [] : [` ${dtype}`])];
  return [{ code: facts.map((it) => `${printShape(it.shape)} ${it.dtype ?? "?"}`).join(", ") }];
}

/** From what to what, and what it costs; that a tensor costs nothing need not be said. */
function flow({ kind }: Card, { inputs, outputs, params }: CardContext): readonly Piece[] {
  const into = inputs.length === 0 ? [] : tensors(inputs);
  const out = outputs === undefined ? [] : tensors(factsOf(outputs));
  const arrow = out.length === 0 ? [] : [into.length === 0 ? "→ " : " → "];
  const free = params === undefined || (params === 0 && kind !== "layer" && kind !== "model");
  const cost: readonly Piece[] = free ? [] : [" · ", { strong: printParams(params) }];
  return [...into, ...arrow, ...out, ...cost];
}

/** Whether numbers are for a whole batch: its size, where that is one. */
function batchOf({ inputs, outputs }: CardContext): number | undefined {
  const [first] = inputs.length > 0 ? inputs : outputs === undefined ? [] : factsOf(outputs);
  const batch = first !== undefined && "dims" in first.shape ? first.shape.dims[0] : undefined;
  return typeof batch === "number" ? batch : undefined;
}

/** What it takes at the batch that is set: forward, and in training with what training keeps besides. */
function memory(card: Card, context: CardContext, { batch, models }: CardSetting): readonly (readonly Piece[])[] {
  const model = models.find(({ span }) => sameSpan(span, card.span));
  const size = batchOf(context) ?? batch;
  const found =
    card.kind === "layer" ? memoryOfCall(context, size) : card.kind === "model" && model && memoryOf(model, size);
  if (!found || found.forward === undefined || found.training === undefined) return [];
  const [forward, training] = [found.forward, found.training].map(printBytes);
  return [[`Memory for a batch of ${count(size)}: ${forward} forward, ${training} in training with Adam`]];
}

/** What the arguments are that are no literals, and where the code has them from. */
function given({ given = [] }: CardContext, place: PlaceName): Block | undefined {
  if (given.length === 0) return undefined;
  const item = ({ name, value, code, binding }: CardArgument): readonly Piece[] => [
    { code: `${name} = ${value}` },
    ...(value === code ? [] : [" from ", { code }]),
    ...(binding === undefined ? [] : [`, ${place(binding)}`]),
  ];
  return { kind: "list", items: given.map(item) };
}
/** What is given otherwise than in the first context. */
function otherwise(first: CardContext, { given = [] }: CardContext): readonly Piece[] {
  const differs = given.filter(({ name, value }) => first.given?.find((it) => it.name === name)?.value !== value);
  return differs.flatMap(({ name, value }): readonly Piece[] => [" · ", { code: `${name} = ${value}` }]);
}

function costs(card: Card, context: CardContext, setting: CardSetting): Block | undefined {
  const { kind } = card;
  const { formula, macs, bytes, trainable, params, weightBytes } = context;
  const batch = batchOf(context);
  const per = batch === undefined ? "per sample" : `for the batch of ${count(batch)}`;
  const items: (readonly Piece[])[] = [];
  if (formula !== undefined) items.push(["Parameters: ", { code: formula }]);
  if (trainable !== undefined && trainable !== params) items.push([`Trainable: ${count(trainable)}`]);
  if (weightBytes !== undefined) items.push([`Weights: ${printBytes(weightBytes)}`]);
  if (macs !== undefined && macs !== 0) items.push([`Multiply–accumulates: ${number(macs)} ${per}`]);
  if (bytes !== undefined && kind === "data") items.push([`Memory: ${printBytes(bytes)}`]);
  // What a model holds in between is in its memory.
  else if (bytes !== undefined)
    items.push([`${kind === "model" ? "Output" : "Activations"}: ${printBytes(bytes)} ${per}`]);
  items.push(...memory(card, context, setting));
  return items.length === 0 ? undefined : { kind: "list", items };
}
const number = (dim: NonNullable<CardContext["macs"]>): string =>
  typeof dim === "number" ? count(dim) : printDim(dim);

function weights({ weights }: CardContext): Block | undefined {
  if (weights.length === 0) return undefined;
  const frozen = weights.some(({ trainable }) => !trainable);
  return {
    kind: "table",
    head: ["Weight", "Shape", "Type", ...(frozen ? ["Trained"] : [])],
    rows: weights.map(({ name, shape, dtype, trainable }): readonly Piece[] => {
      const printed = `(${shape.map(printDim).join(", ")}${shape.length === 1 ? "," : ""})`;
      return [name, { code: printed }, dtype, ...(frozen ? [trainable ? "yes" : "no"] : [])];
    }),
  };
}

/** Ways to the like, side by side; the first is what stands there. */
function comparison(ways: readonly Way[]): Block {
  return {
    kind: "table",
    head: ["Instead", "Output", "Parameters", "Across the steps"],
    rows: ways.map(({ title, outputs, params, mixes }, i): readonly Piece[] => [
      i === 0 ? { strong: `${title} (as it is)` } : { code: title },
      outputs === undefined
        ? "–"
        : {
            code: factsOf(outputs)
              .map((it) => printShape(it.shape))
              .join(", "),
          },
      params === undefined ? "?" : count(params),
      mixes,
    ]),
  };
}

/** Contexts that are listed beside the first. */
const OTHERS = 8;

function others(card: Card, place: PlaceName): readonly Block[] {
  const { contexts, more } = card;
  const from = ({ callers: [caller] }: CardContext): string => (caller ? ` (called at ${place(caller)})` : "");
  const rest = contexts.slice(1);
  if (rest.length + more === 0) return [];
  const unlisted = Math.max(0, rest.length - OTHERS) + more;
  return [
    paragraph("Also seen with:"),
    {
      kind: "list",
      items: [
        ...rest
          .slice(0, OTHERS)
          .map((context) => [...flow(card, context), ...otherwise(contexts[0] ?? context, context), from(context)]),
        ...(unlisted === 0 ? [] : [[`and ${unlisted} more`]]),
      ],
    },
  ];
}

/** Under what suppositions a function was read that nobody calls. */
function suppositions({ reading }: CardContext): Block | undefined {
  if (reading === undefined) return undefined;
  const known = reading.parameters.flatMap(({ name, as }, i): readonly Piece[] =>
    as === undefined ? [] : [i === 0 ? "" : "; ", { code: name }, ` is ${as}`],
  );
  const taken: readonly Piece[] =
    known.length === 0 ? ["."] : [", where ", ...known.slice(known[0] === "; " ? 1 : 0), "."];
  return paragraph("Nothing in this file calls ", { code: reading.name }, ": it is read by itself", ...taken);
}

/** What a card does not know of itself: the batch that memory is told for, and the models of the file. */
export interface CardSetting {
  readonly batch: number;
  readonly models: readonly ModelReport[];
}
const USUAL: CardSetting = { batch: 32, models: [] };

/** What there is to say about a place, as a page. */
export function cardPage(card: Card, place: PlaceName, setting = USUAL): Page {
  const { title, call, name, summary, reason, documentation, contexts, ways } = card;
  const [first] = contexts;
  const blocks: (Block | undefined)[] = [];
  if (card.kind === "unknown")
    blocks.push(paragraph({ strong: "Not known" }, ": ", ...worded(reason ?? "there is no reason")));
  else {
    blocks.push({ kind: "code", text: call ?? title });
    if (first !== undefined) {
      const called =
        first.callers[0] && contexts.length + card.more > 1 ? ` (called at ${place(first.callers[0])})` : "";
      blocks.push(paragraph(...flow(card, first), called), given(first, place), ...others(card, place));
    }
    if (first !== undefined) blocks.push(suppositions(first));
    if (summary !== undefined) blocks.push(paragraph(...worded(summary)));
    if (reason !== undefined) blocks.push(paragraph(...worded(reason)));
    if (first !== undefined) blocks.push(weights(first), costs(card, first, setting));
    if (ways !== undefined && ways.length > 0) blocks.push(comparison(ways));
  }
  const named: readonly Piece[] = name === undefined ? [] : ["named ", { code: name }];
  const link: readonly Piece[] =
    documentation === undefined ? [] : [{ link: `${title} in Keras's documentation`, to: documentation }];
  if (named.length + link.length > 0)
    blocks.push(paragraph(...named, ...(named.length > 0 && link.length > 0 ? [" · "] : []), ...link));
  return blocks.filter((it) => it !== undefined);
}
