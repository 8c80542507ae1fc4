/** How wide text is in the picture: the page's own font, in two sizes. */
const LONGEST = 230;

export type Font = "title" | "detail" | "shape";
const FONTS: Readonly<Record<Font, readonly [style: string, family: string]>> = {
  title: ["600 12px", "--vscode-font-family"],
  detail: ["11px", "--vscode-font-family"],
  shape: ["11px", "--vscode-editor-font-family"],
};

const context = document.createElement("canvas").getContext("2d");
const known = new Map<string, number>();

export function widthOf(text: string, font: Font): number {
  const key = `${font} ${text}`;
  const before = known.get(key);
  if (before !== undefined || context === null) return before ?? text.length * 7;
  const [style, family] = FONTS[font];
  const families = getComputedStyle(document.documentElement).getPropertyValue(family);
  context.font = `${style} ${families || "sans-serif"}`;
  const { width } = context.measureText(text);
  known.set(key, width);
  return width;
}

/** Cut, where it is too long for a node. */
export function fitted(text: string, font: Font): string {
  if (widthOf(text, font) <= LONGEST) return text;
  let [fits, over] = [0, text.length];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (widthOf(`${text.slice(0, middle)}…`, font) <= LONGEST) fits = middle;
    else over = middle;
  }
  return `${text.slice(0, fits)}…`;
}
