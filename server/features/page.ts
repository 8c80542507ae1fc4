/** A text that a person reads, before it is known whether Markdown can be shown. */
export type Block =
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "paragraph"; readonly pieces: readonly Piece[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Piece[])[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly Piece[])[] };
export type Piece =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly link: string; readonly to: string };
export type Page = readonly Block[];

/** A text in which backticks stand around code. */
export const worded = (text: string): readonly Piece[] =>
  text
    .split(/`([^`]+)`/)
    .flatMap((part, i): readonly Piece[] => (part === "" ? [] : [i % 2 === 0 ? part : { code: part }]));

export const paragraph = (...pieces: readonly Piece[]): Block => ({ kind: "paragraph", pieces });

/** Whatever Markdown or HTML would make of a text, it is shown as it stands. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>|~&]/g, "\\$&").replace(/^(\s*)([#+-]|\d+(?=[.)]))/gm, "$1\\$2");

/** A fence, or a span's delimiter, is longer than any run of backticks inside. */
function fence(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return "`".repeat(Math.max(least, longest + 1));
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

function inline(piece: Piece): string {
  if (typeof piece === "string") return escaped(piece);
  if ("strong" in piece) return `**${escaped(piece.strong)}**`;
  if ("link" in piece) return `[${escaped(piece.link)}](${piece.to.replace(/[()\s]/g, percent)})`;
  const text = piece.code.replaceAll("\n", " ");
  const mark = fence(text, 1);
  const pad = /^`|`$/.test(text) ? " " : "";
  return `${mark}${pad}${text}${pad}${mark}`;
}
/** A bar ends a cell even inside code. */
const cell = (piece: Piece): string =>
  typeof piece === "object" && "code" in piece ? inline(piece).replaceAll("|", "\\|") : inline(piece);

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case "code": {
      const mark = fence(block.text, 3);
      return `${mark}python\n${block.text}\n${mark}`;
    }
    case "paragraph":
      return block.pieces.map(inline).join("");
    case "list":
      return block.items.map((item) => `- ${item.map(inline).join("")}`).join("\n");
    case "table": {
      const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
      return [
        row(block.head.map(escaped)),
        row(block.head.map(() => "---")),
        ...block.rows.map((cells) => row(cells.map(cell))),
      ].join("\n");
    }
  }
}
export const toMarkdown = (page: Page): string => page.map(markdownBlock).join("\n\n");

const plain = (piece: Piece): string => {
  if (typeof piece === "string") return piece;
  if ("strong" in piece) return piece.strong;
  return "link" in piece ? `${piece.link}: ${piece.to}` : piece.code;
};

function plainBlock(block: Block): string {
  switch (block.kind) {
    case "code":
      return block.text;
    case "paragraph":
      return block.pieces.map(plain).join("");
    case "list":
      return block.items.map((item) => `- ${item.map(plain).join("")}`).join("\n");
    case "table": {
      const rows = [block.head, ...block.rows.map((cells) => cells.map(plain))];
      const widths = block.head.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
      const line = (cells: readonly string[]) => cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join("  ");
      return rows.map((cells) => line(cells).trimEnd()).join("\n");
    }
  }
}
export const toPlainText = (page: Page): string => page.map(plainBlock).join("\n\n");
