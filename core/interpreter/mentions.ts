/** Names that a piece of code mentions, remembered for as long as its text stays. */
const known = new WeakMap<object, ReadonlySet<string>>();

export function mentionsOf(node: object): ReadonlySet<string> {
  const found = known.get(node);
  if (found !== undefined) return found;
  const names = new Set<string>();
  visit(node, names);
  known.set(node, names);
  return names;
}

/** Walks the tree's plain data. */
function visit(node: unknown, names: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, names);
    return;
  }
  const { kind, name } = node as { readonly kind?: unknown; readonly name?: unknown };
  if ((kind === "Name" || kind === "Attribute") && typeof name === "string") names.add(name);
  for (const value of Object.values(node)) visit(value, names);
}
