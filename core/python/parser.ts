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
  /** Whether only the named ones of its children say something, and these by their order, in no field. */
  readonly lists: boolean;
}

const EXTRAS = new Set(["comment", "line_continuation"]);
// Tokens that lowering never asks for; each one left out saves three calls into the library.
const IDLE = new Set(
  "( [ ] { . -> def class return lambda import del assert global nonlocal raise if elif else while try with for".split(
    " ",
  ),
);
const LEAVES = new Set(["string_content", "format_specifier", "identifier", "integer", "float"]);
const LISTS = new Set("module argument_list parameters list tuple dictionary string dotted_name decorator".split(" "));

function kindOf(language: Language, id: number): Kind {
  const type = language.types[id] ?? "ERROR";
  const named = language.nodeTypeIsNamed(id);
  const skipped = named ? EXTRAS.has(type) : IDLE.has(type);
  return { type, named, skipped, leaf: !named || LEAVES.has(type), lists: LISTS.has(type) };
}

function copyTopLevel(tree: Tree, language: Language, kinds: readonly Kind[]): readonly RawNode[] {
  const cursor = tree.walk();
  try {
    return copyChildren(cursor, language, kinds);
  } finally {
    cursor.delete();
  }
}

/** The children of all leaves. */
const BARREN: RawNode[] = [];

/** A node whose children are being copied. */
interface Open {
  readonly children: RawNode[];
  readonly lists: boolean;
}

/**
 * Walks with a list of its own: the text decides how deep a tree is, so the call stack must not. Each question to the
 * library costs as much as the copy of a node, so none is asked whose answer is known: a first child starts where its
 * parent does.
 */
function copyChildren(cursor: TreeCursor, language: Language, kinds: readonly Kind[]): readonly RawNode[] {
  const top: RawNode[] = [];
  let within: Open = { children: top, lists: true };
  const around: Open[] = [];
  if (!cursor.gotoFirstChild()) return top;
  let start = cursor.startIndex;
  for (;;) {
    const kind = kinds[cursor.nodeTypeId];
    if (kind && !kind.skipped && (kind.named || !within.lists)) {
      const { type, named } = kind;
      const field = within.lists ? undefined : (language.fields[cursor.currentFieldId] ?? undefined);
      if (start < 0) start = cursor.startIndex;
      const end = named || type.length > 1 ? cursor.endIndex : start + 1;
      const children: RawNode[] = kind.leaf ? BARREN : [];
      within.children.push({ type, named, field, start, end, children });
      if (!kind.leaf && cursor.gotoFirstChild()) {
        around.push(within);
        within = { children, lists: kind.lists };
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      const outer = around.pop();
      if (!outer || !cursor.gotoParent()) return top;
      within = outer;
    }
    start = -1;
  }
}
