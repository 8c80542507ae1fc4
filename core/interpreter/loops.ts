import type { Block, For, While } from "../python/syntax.ts";
import { assign } from "./assign.ts";
import { evaluate, uncertain } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { type Exits, joinExits } from "./exits.ts";
import { countAppended } from "./growing.ts";
import type { Rest } from "./heap.ts";
import { sameState } from "./heap.ts";
import { isRest, mayUnroll, roundsOf, takesPart, UNROLLED } from "./iterate.ts";
import { joinStates, joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { mayBeData, observeData } from "./observe.ts";
import { truth } from "./operators.ts";
import { elementOf } from "./reading.ts";
import { type Source, sourceOf } from "./sources.ts";
import { unknown, type Value } from "./values.ts";

/** How often a loop of unknown length is run before what changes in it is given up. */
const WIDENING_ROUNDS = 3;

/** What leaves the loop by other ways than its end: returns, raises, and the states at its `break`s. */
interface Left {
  exits: Exits;
}

const isEmpty = (exits: Exits): boolean =>
  exits.returned === undefined && exits.raised === undefined && exits.broke === undefined;

/**
 * A known number of rounds is unrolled, each in a context of its own; an unknown one is joined until nothing changes.
 */
export function forLoop(m: Machine, node: For): Exits | undefined {
  const iterable = evaluate(m, node.iterable);
  m.site = node.iterable;
  const source = sourceOf(m, iterable);
  const left: Left = { exits: { normal: undefined } };
  const start = m.steps;
  for (let i = 0; ; i++) {
    const isHeavy = i >= FEW && source.count - i > FEW && m.steps - start > heavy(m, source.count);
    const item = isHeavy ? remaining(source, i) : i <= UNROLLED ? source.item(i) : GROWS;
    if (item === undefined) break;
    if (isRest(item)) {
      anyRounds(m, node, left, item, iterable);
      break;
    }
    const body = () => {
      give(m, node, item);
      return round(m, node.body, left);
    };
    const goesOn = m.round(node, i, body, source.count);
    if (!goesOn || m.exhausted) return finished(m, left, undefined, goesOn);
  }
  return finished(m, left, node.otherwise, true);
}

/** Rounds that are not followed one by one; what they append evenly is counted. */
function anyRounds(m: Machine, node: For, left: Left, rest: Rest, iterable: Value): void {
  const each = (i: number): Value => elementOf(m, iterable, i) ?? roundsOf(rest)?.(i) ?? rest.element;
  const before = m.state;
  const isPart = takesPart(node.iterable);
  if (isPart) m.conditional++;
  try {
    widen(m, node, node.body, left, (i) => give(m, node, each(i)));
  } finally {
    if (isPart) m.conditional--;
  }
  if (rest.count === undefined || left.exits.broke !== undefined || left.exits.returned !== undefined) return;
  countAppended(m, before, rest.count, () =>
    m.round(node, "*", () => {
      give(m, node, each(WIDENING_ROUNDS));
      return round(m, node.body, left);
    }),
  );
}

/**
 * Rounds that cost so many steps in all are not followed further one by one. Building a layer takes some twenty: these
 * run models on data, again and again.
 */
const HEAVY = 150_000;
const FEW = 4;
/** Loops within loops share it, where they have more rounds in all than a model has parts. */
const heavy = (m: Machine, rounds: number): number => HEAVY * Math.min(1, SHARED / (2 ** m.nesting * rounds));
const SHARED = 64;
function remaining(source: Source, from: number): Rest {
  const reason = `a loop of ${source.count} rounds is not followed round by round`;
  const items = Array.from({ length: source.count - from }, (_, i) => source.item(from + i));
  const values = items.map((it) => (it === undefined ? unknown(reason) : isRest(it) ? it.element : it));
  return { element: values.reduce(joinValues), reason, count: source.count - from };
}

/** The target tells of data that it is given. */
function give(m: Machine, { target }: For, item: Value): void {
  assign(m, target, item);
  if (target.kind === "Name" && mayBeData(item)) observeData(m, target, item);
}

/** A list that grows as fast as it is gone through. */
const GROWS: Rest = { element: unknown("a list that grows while it is gone through"), reason: "it grows" };

/** Runs the body once; true if another round may follow, from the machine's state. */
function round(m: Machine, body: Block, left: Left): boolean {
  // Another round runs after this one's end.
  if (body.entries.length > 1) m.ending = false;
  const exits = execute(m, body);
  if (exits === undefined) return true;
  left.exits = joinExits(left.exits, { ...exits, normal: undefined, continued: undefined });
  const { normal, continued } = exits;
  if (normal === undefined && continued === undefined) return false;
  m.state =
    normal === undefined ? (continued ?? m.state) : continued === undefined ? normal : joinStates(normal, continued);
  return true;
}

/** No, one or more rounds: joins until the state stays, or gives up what still changes. */
function widen(m: Machine, node: For | While, body: Block, left: Left, start: (round: number) => void): void {
  m.noteJoin();
  for (let i = 0; i < WIDENING_ROUNDS; i++) {
    // To compare and to join the states is work as well.
    m.steps += 20;
    if (m.exhausted) return;
    const before = m.state;
    const any = () => {
      start(i);
      return round(m, body, left);
    };
    const goesOn = uncertainAfter(m, i, () => m.round(node, "*", any, WIDENING_ROUNDS));
    m.state = goesOn ? joinStates(before, m.state) : before;
    if (!goesOn || sameState(before, m.state)) return;
  }
}
/** The first round is taken to happen; what is wrong only in later ones may not be. */
const uncertainAfter = <T>(m: Machine, round: number, body: () => T): T => (round === 0 ? body() : uncertain(m, body));

function finished(m: Machine, left: Left, otherwise: Block | undefined, goesOn: boolean): Exits | undefined {
  const after = goesOn && otherwise !== undefined ? execute(m, otherwise) : undefined;
  const end = goesOn ? (after === undefined ? m.state : after.normal) : undefined;
  const { broke } = left.exits;
  const normal = end === undefined ? broke : broke === undefined ? end : joinStates(end, broke);
  if (normal !== undefined) m.state = normal;
  const rest: Exits = { ...left.exits, broke: undefined, normal };
  const all = after === undefined ? rest : joinExits(rest, { ...after, normal: undefined });
  return isEmpty(all) && all.continued === undefined && normal !== undefined ? undefined : all;
}

export function whileLoop(m: Machine, node: While): Exits | undefined {
  const left: Left = { exits: { normal: undefined } };
  const start = m.steps;
  for (let i = 0; mayUnroll(m, i + 1) && !(i > FEW && m.steps - start > heavy(m, i)); i++) {
    const known = truth(m, evaluate(m, node.test));
    if (known === false) return finished(m, left, node.otherwise, true);
    if (known === undefined || m.exhausted || isEndless(node, left, i)) break;
    const before = m.state;
    const goesOn = m.round(node, i, () => round(m, node.body, left), i + 1);
    if (goesOn && sameState(before, m.state)) break;
    if (!goesOn) return finished(m, left, undefined, false);
  }
  widen(m, node, node.body, left, () => evaluate(m, node.test));
  return finished(m, left, node.otherwise, true);
}

/**
 * `while True` ends by a `break` or a `return`. Where one may come in any round, or none is there, a few rounds tell
 * what it does; a generator's is followed somewhat longer, for whoever reads on.
 */
const isEndless = (node: While, left: Left, round: number): boolean =>
  node.test.kind === "Constant" &&
  round >= 4 &&
  (round >= 64 ? leavesOnlyByYield(node) : !isEmpty(left.exits) || !mayLeave(node));

const kinds = new WeakMap<While, ReadonlySet<string>>();
/** What statements and expressions that may leave the loop stand in its body, those of inner functions aside. */
function leaving(node: While): ReadonlySet<string> {
  const known = kinds.get(node);
  if (known !== undefined) return known;
  const found = new Set<string>();
  visit(node.body, found);
  kinds.set(node, found);
  return found;
}
function visit(node: unknown, found: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  const kind = "kind" in node && typeof node.kind === "string" ? node.kind : "";
  if (kind === "FunctionDef" || kind === "ClassDef" || kind === "Lambda") return;
  if (LEAVES.has(kind)) found.add(kind);
  for (const value of Object.values(node)) visit(value, found);
}
const LEAVES: ReadonlySet<string> = new Set(["Break", "Return", "Raise", "Yield"]);
const mayLeave = (node: While): boolean => leaving(node).size > 0;
const leavesOnlyByYield = (node: While): boolean => leaving(node).has("Yield");
