/** The picture as a file of its own: colours and fonts are resolved, and nothing refers to the editor. */

/** What decides how shapes and text look. */
const PAINT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "paint-order"];
const TEXT = ["font-family", "font-size", "font-weight", "text-anchor"];
const MARGIN = 8;
/** A picture of numbers has at most so many of them on a side. */
const LARGEST = 8192;

export interface Picture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

export function pictureOf(world: SVGGraphicsElement): Picture {
  // With the shapes that stand beside the outermost lines.
  const box = world.getBBox();
  const copy = world.cloneNode(true) as SVGElement;
  resolved(world, copy);
  for (const it of copy.querySelectorAll(".toggle")) it.remove();
  copy.removeAttribute("style");
  const [x, y] = [Math.floor(box.x) - MARGIN, Math.floor(box.y) - MARGIN];
  const [width, height] = [Math.ceil(box.width) + 2 * MARGIN, Math.ceil(box.height) + 2 * MARGIN];
  const background = colour(getComputedStyle(document.body).backgroundColor);
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`,
    ` viewBox="${x} ${y} ${width} ${height}" role="img">`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${background}"/>`,
    // Written as XML, not as HTML.
    new XMLSerializer().serializeToString(copy),
    "</svg>",
  ].join("");
  return { text, width, height };
}

/** Takes over what the style sheet says, element by element. */
function resolved(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  const names = from.tagName === "text" ? [...PAINT, ...TEXT] : PAINT;
  if (from.tagName !== "g" && from.tagName !== "title")
    for (const name of names) to.setAttribute(name, colour(style.getPropertyValue(name)));
  for (const name of ["class", "tabindex", "role", "aria-label", "aria-expanded", "data-id", "data-from", "data-to"])
    to.removeAttribute(name);
  for (const [i, child] of [...from.children].entries()) {
    const own = to.children[i];
    if (own === undefined) continue;
    if (getComputedStyle(child).display === "none") own.setAttribute("display", "none");
    resolved(child, own);
    if (child.classList.contains("toggle")) own.setAttribute("class", "toggle");
  }
}

/** `color(srgb 0.1 0.2 0.3)`, which few programs read, as `rgb(26, 51, 77)`. */
function colour(value: string): string {
  const found = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(value);
  if (found === null) return value;
  const [, red, green, blue, alpha] = found;
  const [r, g, b] = [red, green, blue].map((it) => Math.round(Number(it) * 255));
  return alpha === undefined ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

/** The same as a PNG, in base64; twice as large as it is on the screen where that is not too much. */
export async function pngOf({ text, width, height }: Picture): Promise<string> {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error("the picture could not be drawn"));
      image.src = url;
    });
    const scale = Math.min(2, LARGEST / Math.max(width, height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
  } finally {
    URL.revokeObjectURL(url);
  }
}
