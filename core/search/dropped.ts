import type { Call, Expression, Subscript } from "../python/syntax.ts";
import type { Clue, Move, Moves, Site } from "./site.ts";

/** Without a part of it: an operand, an index, an option, an item of a list, a method called on it. */
export const dropped: Moves = (site, clue) => {
  const { node } = site;
  switch (node.kind) {
    case "Binary":
      return [
        ...(node.op === "//" || isNumber(node.right, clue) ? [keeping(node, node.left, clue.text, 0.6)] : []),
        ...(isNumber(node.left, clue) ? [keeping(node, node.right, clue.text, 0.4)] : []),
      ];
    case "Subscript":
      return [
        ...(isIndexer(node.object) || isTarget(site)
          ? []
          : [{ ...keeping(node, node.object, clue.text, 0.4), isEvident: isOfAxes(node) }]),
        ...lessIndex(node.index, clue.text),
        ...nextAxis(node, clue),
      ];
    case "Tuple":
    case "List":
      return site.around[0]?.kind === "Subscript" ? [] : items(node.items, clue.text);
    case "Call": {
      const { callee } = node;
      const isMethod = callee.kind === "Attribute" && CHANGING.test(callee.name) && isValue(callee.object, clue);
      const own = isMethod ? [keeping(node, callee.object, clue.text, 0.3)] : [];
      return [...own, ...options(site), ...whole(site, clue)];
    }
    default:
      return [];
  }
};

const keeping = (node: Expression, part: Expression, text: string, likelihood: number): Move => ({
  edits: [{ span: node.span, newText: text.slice(part.span.start, part.span.end) }],
  likelihood,
});
/** Only what is added to a size, or what it is multiplied with: tensors are added for a reason. */
const isNumber = (it: Expression, { variables }: Clue): boolean =>
  (it.kind === "Constant" && it.value.kind === "int") ||
  (it.kind === "Name" && variables.some(({ name, number }) => name === it.name && number !== undefined));
/** `x[:, :, 0]`: one place of some axes of an array and all of the others; no part of one, nor an item of a list. */
const isOfAxes = ({ index }: Subscript): boolean =>
  index.kind === "Tuple" &&
  index.items.length > 2 &&
  index.items.every((it) => (it.kind === "Slice" ? it.lower === undefined && it.upper === undefined : isInt(it)));
const isInt = (it: Expression): boolean => it.kind === "Constant" && it.value.kind === "int";
/** What is written to. */
const isTarget = ({ node, statement }: Site): boolean =>
  (statement.kind === "Assign" && statement.targets.includes(node)) ||
  (statement.kind === "AugmentedAssign" && statement.target === node);
/** `table.iloc` without an index is no table, nor a shape a size. */
const isIndexer = (it: Expression): boolean => it.kind === "Attribute" && /^(?:i?loc|i?at|shape)$/.test(it.name);
/** Methods that give what they are called on another shape. */
const CHANGING = /^(?:reshape|ravel|flatten|squeeze|transpose|mean|sum|max|min|repeat|batch|unbatch)$/;
/** A module's function is no method: `np.sum(x)`. */
const isValue = (it: Expression, { variables }: Clue): boolean =>
  it.kind !== "Name" || variables.some(({ name }) => name === it.name);

/** `x[:, 0]` without its last index. */
function lessIndex(index: Expression, text: string): readonly Move[] {
  return index.kind === "Tuple" ? items(index.items, text).slice(-1) : [];
}
/** `x[i]` of the samples instead of `x[:, i]` of what each has. */
function nextAxis({ object, index }: Subscript, clue: Clue): readonly Move[] {
  const isPlace = index.kind === "Name" || (index.kind === "Constant" && index.value.kind === "int");
  const isTable = object.kind === "Name" && isValue(object, clue);
  return isPlace && isTable
    ? [{ edits: [{ span: { start: index.span.start, end: index.span.start }, newText: ":, " }], likelihood: 0.3 }]
    : [];
}

/** The statement puts one thing more into what it is a method of, or its result in the place of what it is given. */
function whole({ node, around, statement }: Site, { text, isNeeded }: Clue): readonly Move[] {
  if (node.kind !== "Call" || around.length > 0 || isNeeded) return [];
  const [first, ...more] = node.args;
  const isMethod = statement.kind === "ExpressionStatement" && first?.value.kind === "Call" && more.length === 0;
  const [target, ...others] = statement.kind === "Assign" ? statement.targets : [];
  const given = first?.value ?? (node.callee.kind === "Attribute" ? node.callee.object : undefined);
  const isKept =
    target?.kind === "Name" && others.length === 0 && [given, calleeOf(node)].some((it) => isName(it, target.name));
  if (!isMethod && !isKept) return [];
  const title = `Without ${text}`;
  return [{ title, edits: [{ span: { start: 0, end: text.length }, newText: "" }], likelihood: 0.25 }];
}
/** `x` of `x.reshape(…)`. */
const calleeOf = ({ callee }: Call): Expression | undefined =>
  callee.kind === "Attribute" ? callee.object : undefined;
const isName = (it: Expression | undefined, name: string): boolean => it?.kind === "Name" && it.name === name;

/** Each item but the only one, with the comma that parts it from its neighbour. */
function items(all: readonly Expression[], text: string): readonly Move[] {
  // Words are data, or names of them.
  if (all.length < 2 || all.length > 8 || all.some((it) => it.kind === "Constant" && it.value.kind === "str"))
    return [];
  return all.map((item, i): Move => {
    const [before, after] = [all[i - 1], all[i + 1]];
    const start = before === undefined ? item.span.start : before.span.end;
    const end = before === undefined && after !== undefined ? after.span.start : item.span.end;
    // A pair of which one goes stays a sequence.
    const isPair = all.length === 2;
    return {
      title: `Without ${text.slice(item.span.start, item.span.end)}`,
      edits: [{ span: { start, end }, newText: isPair && before !== undefined ? "," : "" }],
      likelihood: item.kind === "Constant" ? 0.35 : 0.12,
    };
  });
}

const GEOMETRY = /^(?:padding|strides|axis)$/;
/** Options that are switches or say how a window moves: without them the function does what it mostly does. */
function options({ node }: Site): readonly Move[] {
  if (node.kind !== "Call") return [];
  return node.args.flatMap((it, i): readonly Move[] => {
    const isSwitch = it.value.kind === "Constant" && it.value.value.kind === "bool";
    if (it.kind !== "keyword" || !(isSwitch || GEOMETRY.test(it.name ?? ""))) return [];
    const [before, after] = [node.args[i - 1], node.args[i + 1]];
    const start = before === undefined ? it.span.start : before.span.end;
    const end = before === undefined && after !== undefined ? after.span.start : it.span.end;
    return [{ edits: [{ span: { start, end }, newText: "" }], likelihood: 0.4 }];
  });
}
