/**
 * A node as the parser library saw it, copied into plain data. Offsets are into the text that was parsed. Anonymous
 * nodes (`+`, `,`) are among the children and their text is their type; comments are not, nor tokens without a meaning
 * of their own (`(`, `def`).
 */
export interface RawNode {
  readonly type: string;
  readonly named: boolean;
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: readonly RawNode[];
}

/**
 * What the parser library is to this room: text in, its top-level nodes out, or undefined if any of it is not Python.
 */
export type ReadText = (text: string) => readonly RawNode[] | undefined;

export function field(node: RawNode, name: string): RawNode | undefined {
  return node.children.find((child) => child.field === name);
}

export function namedChildren(node: RawNode): readonly RawNode[] {
  return node.children.filter((child) => child.named);
}

export function hasToken(node: RawNode, type: string): boolean {
  return node.children.some((child) => !child.named && child.type === type);
}
