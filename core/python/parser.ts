import { Language, Parser, type Tree, type TreeCursor } from "web-tree-sitter";
import { type Document, openDocument } from "./document.ts";
import type { RawNode, ReadText } from "./raw.ts";

export type { Document } from "./document.ts";

/** The bytes of `web-tree-sitter.wasm` and `tree-sitter-python.wasm`; the host reads them. */
export interface Wasm {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

export interface PythonParser {
  /** Opens a text for repeated parsing. */
  open(text: string): Document;
}

/** Node ids are unique per parser. Rejects only if the bytes are not the two WebAssembly modules. */
export async function createParser(wasm: Wasm): Promise<PythonParser> {
  // A classic worker has no import.meta.url: without `locateFile` the library fails before it looks at the bytes.
  await Parser.init({ wasmBinary: wasm.runtime.slice().buffer, locateFile: (name: string) => name });
  const language = await Language.load(wasm.python);
  const parser = new Parser().setLanguage(language);
  const read = reader(parser, language);
  let lastId = 0;
  const nextId = () => ++lastId;
  return { open: (text) => openDocument(text, { read, nextId }) };
}

function reader(parser: Parser, language: Language): ReadText {
  const kinds = language.types.map((_, id) => kindOf(language, id));
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) return undefined;
    try {
      return tree.rootNode.hasError ? undefined : copyTopLevel(tree, language, kinds);
    } finally {
      tree.delete();
    }
  };
}

interface Kind {
  readonly type: string;
  readonly named: boolean;
  readonly skipped: boolean;
  readonly leaf: boolean;
}

const EXTRAS = new Set(["comment", "line_continuation"]);
// Tokens that lowering never asks for; each one left out saves three calls into the library.
const IDLE = new Set(
  "( [ ] { . -> def class return lambda import del assert global nonlocal raise if elif else while try with for".split(
    " ",
  ),
);
const LEAVES = new Set(["string_content", "format_specifier", "identifier", "integer", "float"]);

function kindOf(language: Language, id: number): Kind {
  const type = language.types[id] ?? "ERROR";
  const named = language.nodeTypeIsNamed(id);
  return { type, named, skipped: named ? EXTRAS.has(type) : IDLE.has(type), leaf: !named || LEAVES.has(type) };
}

function copyTopLevel(tree: Tree, language: Language, kinds: readonly Kind[]): readonly RawNode[] {
  const cursor = tree.walk();
  try {
    return copyChildren(cursor, language, kinds);
  } finally {
    cursor.delete();
  }
}

/** Walks with a list of its own: the text decides how deep a tree is, so the call stack must not. */
function copyChildren(cursor: TreeCursor, language: Language, kinds: readonly Kind[]): readonly RawNode[] {
  const top: RawNode[] = [];
  const open: RawNode[][] = [top];
  if (!cursor.gotoFirstChild()) return top;
  for (;;) {
    const kind = kinds[cursor.nodeTypeId];
    if (kind && !kind.skipped) {
      const children: RawNode[] = [];
      const node = copyNode(cursor, language, kind, children);
      open[open.length - 1]?.push(node);
      if (!kind.leaf && cursor.gotoFirstChild()) {
        open.push(children);
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      open.pop();
      if (open.length === 0 || !cursor.gotoParent()) return top;
    }
  }
}

function copyNode(cursor: TreeCursor, language: Language, kind: Kind, children: readonly RawNode[]): RawNode {
  return {
    type: kind.type,
    named: kind.named,
    field: language.fields[cursor.currentFieldId] ?? undefined,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children,
  };
}
