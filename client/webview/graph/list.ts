import { element } from "../dom.ts";
import type { Scene, SceneNode } from "./scene.ts";
import { descriptions } from "./words.ts";

/** The picture as a list in lists, for who would rather read it. */
export function listOf(scene: Scene, open: (id: string) => void): HTMLElement {
  const described = descriptions(scene);
  const within = new Map<string | undefined, SceneNode[]>();
  for (const it of scene.nodes) within.set(it.node.parent, [...(within.get(it.node.parent) ?? []), it]);
  const items = (parent: string | undefined): readonly HTMLElement[] =>
    (within.get(parent) ?? []).map((it) => {
      const button = element("button", { type: "button", class: "link" }, [described(it)]);
      button.addEventListener("click", () => open(it.node.id));
      return element("li", {}, [button, ...(it.isOpen ? [element("ul", {}, items(it.node.id))] : [])]);
    });
  return element("ul", { id: "list", "aria-label": "Layers in the order in which they run" }, items(undefined));
}
