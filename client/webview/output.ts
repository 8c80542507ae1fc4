import type { Preview } from "../../server/features/preview.ts";
import { element } from "./dom.ts";
import { svg } from "./histogram.ts";
import { count, real, share } from "./numbers.ts";

/** What the model gave for the first sample, as a picture where that says more than numbers. */
export function outputs(previews: readonly Preview[]): readonly HTMLElement[] {
  if (previews.length === 0) return [];
  const figures = previews.map((it) => element("figure", { class: it.kind }, [...drawn(it), captionOf(it)]));
  return [
    element("h2", {}, [previews.length === 1 ? "Output" : "Outputs", element("span", {}, ["of the first sample"])]),
    element("div", { id: "outputs" }, figures),
  ];
}

function captionOf(it: Preview): HTMLElement {
  const words = [it.shape];
  if (it.kind === "classes") words.push(`the likeliest of ${count(it.count)} classes`);
  if (it.kind === "series" && it.features > it.lines.length)
    words.push(`${it.lines.length} of ${count(it.features)} features`);
  return element("figcaption", {}, [words.join(" · ")]);
}

function drawn(it: Preview): readonly Node[] {
  switch (it.kind) {
    case "numbers":
      return [element("p", { class: "values" }, [it.values.map(real).join("  ")])];
    case "classes":
      return [
        element(
          "ol",
          {},
          it.top.map(({ index, share: of }) => classRow(index, of)),
        ),
      ];
    case "series":
      return [lines(it.lines)];
    case "image":
      return [picture(it)];
  }
}

function classRow(index: number, of: number): HTMLElement {
  const bar = svg("svg", { class: "bar", width: 120, height: 10, "aria-hidden": "true" });
  bar.append(svg("rect", { width: Math.max(1, 120 * of), height: 10 }));
  return element("li", {}, [element("span", { class: "name" }, [`class ${index}`]), bar, share(of)]);
}

const [WIDTH, HEIGHT] = [320, 96];
function lines(series: readonly (readonly number[])[]): SVGElement {
  const finite = series.flat().filter(Number.isFinite);
  const low = Math.min(...finite);
  const range = Math.max(...finite) - low;
  const words = `From ${real(low)} to ${real(low + range)}`;
  const drawing = svg("svg", { class: "series", width: WIDTH, height: HEIGHT, role: "img", "aria-label": words });
  drawing.append(svg("title", {}, words));
  for (const [i, line] of series.entries()) {
    const points = line.flatMap((value, step) => {
      if (!Number.isFinite(value)) return [];
      const x = (step * WIDTH) / Math.max(1, line.length - 1);
      const y = range === 0 ? HEIGHT / 2 : 2 + (HEIGHT - 4) * (1 - (value - low) / range);
      return [`${x.toFixed(1)},${y.toFixed(1)}`];
    });
    drawing.append(svg("polyline", { class: `line-${i}`, points: points.join(" ") }));
  }
  return drawing;
}

function picture({ width, height, pixels }: Extract<Preview, { kind: "image" }>): HTMLCanvasElement {
  const canvas = element("canvas", { width: String(width), height: String(height), role: "img" });
  canvas.setAttribute("aria-label", `An image of ${height} by ${width} places`);
  const bytes = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) bytes.set([...pixels.slice(3 * i, 3 * i + 3), 255], 4 * i);
  canvas.getContext("2d")?.putImageData(new ImageData(bytes, width, height), 0, 0);
  return canvas;
}
