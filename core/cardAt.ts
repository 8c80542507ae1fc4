import type { Card } from "./card.ts";
import { allSeen, CardMaker, type Finished, type ValueSeen } from "./cardMaker.ts";
import type { Run } from "./interpreter/record.ts";
import { runsOf, valueAt } from "./interpreter/valueAt.ts";
import { type Place, samePlace, type Value } from "./interpreter/values.ts";
import { type Pointed, pointedAt } from "./python/pointed.ts";
import type { Expression } from "./python/syntax.ts";

/**
 * The card for what stands at an offset of the text as it is now. A call or an operation that was seen has one, and so
 * has a name: that of the layer, the model, the tensor or the size that it stands for there.
 */
export function cardAt(last: Finished, offset: number): Card | undefined {
  return last.machine.at(last.state, () => {
    const pointing = new Pointing(last);
    // Behind the last character of a word people still mean the word.
    return pointing.cardAt(offset) ?? (offset > 0 ? pointing.cardAt(offset - 1) : undefined);
  });
}

class Pointing {
  private readonly last: Finished;
  private readonly maker: CardMaker;

  constructor(last: Finished) {
    this.last = last;
    this.maker = new CardMaker(last);
  }

  cardAt(offset: number): Card | undefined {
    const { session, path } = this.last;
    const document = session.documentOf(path);
    const pointed = document && pointedAt(document.module, offset);
    if (pointed === undefined) return undefined;
    const [leaf] = pointed.expressions;
    return leaf?.kind === "Name" || leaf?.kind === "Attribute" ? this.named(pointed) : this.around(pointed);
  }

  /** What is called speaks for its call; another name for its value. */
  private named(pointed: Pointed): Card | undefined {
    const { expressions } = pointed;
    const [leaf, holder] = expressions;
    if (leaf === undefined) return undefined;
    const isCalled = holder?.kind === "Call" && holder.callee === leaf;
    const called = isCalled ? this.seenAt(pointed, holder) : undefined;
    if (called !== undefined) return called;
    const own = this.valueCard(pointed, leaf);
    if (own !== undefined || isCalled) return own;
    // The `layers` of `layers.Dense(64)`.
    let i = 0;
    for (; ; i++) {
      const outer = expressions[i + 1];
      if (outer?.kind !== "Attribute" || outer.object !== expressions[i]) break;
    }
    const call = expressions[i + 1];
    return call?.kind === "Call" && call.callee === expressions[i] ? this.seenAt(pointed, call) : undefined;
  }

  /** The innermost thing that was seen, but no further out than the next call. */
  private around(pointed: Pointed): Card | undefined {
    for (const node of pointed.expressions) {
      if (node.kind === "Lambda" || node.kind === "Comprehension") return undefined;
      const card = this.seenAt(pointed, node);
      if (card !== undefined || node.kind === "Call") return card;
    }
    return undefined;
  }

  private placeOf({ statement }: Pointed, { span }: Expression): Place {
    return { path: this.last.path, statement: statement.id, span };
  }

  private seenAt(pointed: Pointed, node: Expression): Card | undefined {
    const place = this.placeOf(pointed, node);
    const all = allSeen(this.last).filter((it) => "place" in it && samePlace(it.place, place));
    const span = { start: pointed.base + node.span.start, end: pointed.base + node.span.end };
    const values = all.filter((it): it is ValueSeen => it.kind === "value");
    if (values.length > 0) return this.maker.ofSeen(span, values);
    const doubt = all.find((it) => it.kind === "unknown");
    if (doubt?.kind === "unknown") return this.maker.ofUnknown(span, doubt.reason);
    if (node.kind !== "Call") return undefined;
    const { frameworks, machine } = this.last;
    const made = frameworks.flatMap((it) => it.madeAt?.(machine, place) ?? []);
    return this.maker.ofThings(span, made);
  }

  private valueCard(pointed: Pointed, leaf: Expression): Card | undefined {
    const { statement, base, expressions } = pointed;
    const span = { start: base + leaf.span.start, end: base + leaf.span.end };
    const runs = runsOf(this.last.ran, statement.id);
    const read = runs.flatMap((run): readonly (readonly [Run, Value])[] => {
      const value = valueAt(run, statement, expressions);
      return value === undefined ? [] : [[run, value]];
    });
    const values = read.map(([, value]) => value);
    const kinds = new Set(values.map((it) => it.kind));
    const [kind] = kinds;
    if (kinds.size !== 1) return undefined;
    if (kind === "tensor") return this.maker.ofTensors(span, read);
    if (kind === "instance") return this.maker.ofThings(span, values);
    // Any script has numbers and things that are not followed: they matter beside a tensor, a layer, a model.
    const call = expressions.find((it) => it.kind === "Call");
    if (call === undefined || this.seenAt(pointed, call) === undefined) return undefined;
    if (kind === "int" || kind === "tuple") return this.maker.ofSizes(span, values);
    const [first] = values;
    return first?.kind === "unknown" ? this.maker.ofUnknown(span, first.reason) : undefined;
  }
}
