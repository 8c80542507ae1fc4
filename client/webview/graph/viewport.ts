import type { Box, Point } from "./boxes.ts";

const [LEAST, MOST] = [0.05, 4];
/** What is said in a node can be read. */
const READABLE = 0.9;
const MARGIN = 16;
/** Around the frame, where things are drawn before they are seen: as far as a shape stands beside its line. */
const SPARE = 240;

/** A part of the picture, and where it is. */
export interface Part {
  readonly element: SVGElement;
  readonly box: Box;
}

/** What part of the picture is seen, and how large: dragged, scrolled, pinched. */
export class Viewport {
  private readonly frame: SVGElement;
  private world: SVGElement | undefined;
  private parts: readonly Part[] = [];
  private size = { width: 0, height: 0 };
  private scale = 1;
  private at: Point = { x: 0, y: 0 };
  /** Told of the scale. */
  changed: (scale: number) => void = () => {};

  constructor(frame: SVGElement) {
    this.frame = frame;
    let before: number | undefined;
    // What was in the middle stays there.
    new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (width > 0 && before !== undefined) this.pan((width - before) / 2, 0);
      if (width > 0) before = width;
    }).observe(frame);
    frame.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.dragged(event));
  }

  show(world: SVGElement, parts: readonly Part[], size: { readonly width: number; readonly height: number }): void {
    this.world = world;
    this.parts = parts;
    this.size = size;
    this.apply();
  }
  /** Everything, for a picture of the whole. */
  showAll(): void {
    for (const { element } of this.parts) element.removeAttribute("display");
  }

  /** The whole picture, as large as it gets; at first not smaller than it can be read, and then from its top. */
  fit(isFirst = false): void {
    const { width, height } = this.frame.getBoundingClientRect();
    const whole = Math.min((width - MARGIN) / this.size.width, (height - MARGIN) / this.size.height);
    const wide = (width - MARGIN) / this.size.width;
    this.scale = isFirst ? Math.min(1, Math.max(whole, Math.min(wide, READABLE), 0.35)) : Math.min(1.5, whole);
    const [x, y] = [width - this.size.width * this.scale, height - this.size.height * this.scale];
    this.at = { x: x / 2, y: isFirst ? Math.max(MARGIN / 2, y / 2) : y / 2 };
    this.apply();
  }
  /** About a point of the frame, or its middle. */
  zoom(by: number, about: Point = this.middle()): void {
    const next = Math.min(MOST, Math.max(LEAST, this.scale * by));
    const ratio = next / this.scale;
    this.scale = next;
    this.at = { x: about.x - (about.x - this.at.x) * ratio, y: about.y - (about.y - this.at.y) * ratio };
    this.apply();
  }
  pan(x: number, y: number): void {
    this.at = { x: this.at.x + x, y: this.at.y + y };
    this.apply();
  }

  /** Where a point of the picture stands in the frame. */
  seenAt({ x, y }: Point): Point {
    return { x: x * this.scale + this.at.x, y: y * this.scale + this.at.y };
  }
  /** Moves so that a box is seen, its top at least; no more than it must. */
  reveal(box: Box): void {
    const { width, height } = this.frame.getBoundingClientRect();
    const { x, y } = this.seenAt(box);
    const [right, bottom] = [x + box.width * this.scale, y + Math.min(box.height, 60) * this.scale];
    const into = (low: number, high: number, room: number) =>
      low >= MARGIN && high <= room - MARGIN ? 0 : (room - (high - low)) / 2 - low;
    const [dx, dy] = [into(x, right, width), into(y, bottom, height)];
    if (dx === 0 && dy === 0) return;
    this.world?.classList.add("gliding");
    this.pan(dx, dy);
  }

  private middle(): Point {
    const { width, height } = this.frame.getBoundingClientRect();
    return { x: width / 2, y: height / 2 };
  }
  private apply(): void {
    const { x, y } = this.at;
    if (this.world) this.world.style.transform = `translate(${x}px, ${y}px) scale(${this.scale})`;
    this.changed(this.scale);
    this.cull();
  }
  /** What is out of sight costs nothing: it is not drawn. What the tab key leads to can always be reached. */
  private cull(): void {
    const { width, height } = this.frame.getBoundingClientRect();
    const [left, top] = [(-SPARE - this.at.x) / this.scale, (-SPARE - this.at.y) / this.scale];
    const [right, bottom] = [(width + SPARE - this.at.x) / this.scale, (height + SPARE - this.at.y) / this.scale];
    for (const { element, box } of this.parts) {
      const isSeen = box.x <= right && box.y <= bottom && box.x + box.width >= left && box.y + box.height >= top;
      const isShown = !element.hasAttribute("display");
      if (isSeen === isShown) continue;
      if (isSeen) element.removeAttribute("display");
      else if (element.getAttribute("tabindex") !== "0") element.setAttribute("display", "none");
    }
  }

  private wheeled(event: WheelEvent): void {
    event.preventDefault();
    this.world?.classList.remove("gliding");
    const { left, top } = this.frame.getBoundingClientRect();
    const about = { x: event.clientX - left, y: event.clientY - top };
    const step = event.deltaMode === 1 ? 20 : 1;
    if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-event.deltaY * step * 0.005), about);
    else if (event.shiftKey) this.pan(-(event.deltaX + event.deltaY) * step, 0);
    else this.pan(-event.deltaX * step, -event.deltaY * step);
  }
  private dragged(down: PointerEvent): void {
    if (down.button > 1) return;
    this.world?.classList.remove("gliding");
    let [x, y] = [down.clientX, down.clientY];
    const moved = (event: PointerEvent) => {
      this.pan(event.clientX - x, event.clientY - y);
      [x, y] = [event.clientX, event.clientY];
      if (Math.hypot(x - down.clientX, y - down.clientY) > 4) this.frame.classList.add("dragging");
    };
    const ended = () => {
      window.removeEventListener("pointermove", moved);
      window.removeEventListener("pointerup", ended);
      // The click that ends a drag is none.
      setTimeout(() => this.frame.classList.remove("dragging"));
    };
    window.addEventListener("pointermove", moved);
    window.addEventListener("pointerup", ended);
  }
}
