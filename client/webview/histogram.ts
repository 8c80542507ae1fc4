import { count } from "./numbers.ts";

const SVG = "http://www.w3.org/2000/svg";

export function svg(name: string, attributes: Readonly<Record<string, string | number>>, text = ""): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== "") made.append(text);
  return made;
}

const [WIDTH, HEIGHT] = [64, 16];

/** How the numbers lie between the smallest and the largest. */
export function histogram(counts: readonly number[]): SVGElement {
  const most = Math.max(...counts);
  const words = `Numbers in ${counts.length} equal parts from min to max: ${counts.map(count).join(", ")}`;
  const picture = svg("svg", { class: "histogram", width: WIDTH, height: HEIGHT, role: "img", "aria-label": words });
  picture.append(svg("title", {}, words));
  const width = WIDTH / counts.length;
  for (const [i, n] of counts.entries()) {
    // What is there at all can be seen.
    const height = n === 0 ? 0 : Math.max(1, (HEIGHT * n) / most);
    picture.append(svg("rect", { x: i * width, y: HEIGHT - height, width: width - 0.5, height }));
  }
  return picture;
}
