import { attributeOf } from "../attributes.ts";
import { doubtful } from "../builtins/define.ts";
import { display } from "../display.ts";
import { formatted } from "../formatting.ts";
import type { Machine } from "../machine.ts";
import { subscript } from "../subscript.ts";
import { int, str, unknown, type Value } from "../values.ts";

/** What a replacement field may take its value from: the arguments of `format` by place and name, or a mapping. */
interface Source {
  readonly places: readonly Value[];
  readonly named: ReadonlyMap<string, Value> | Value;
  next: number;
  doubt: string | undefined;
}

/**
 * `template.format(*places, **named)`: fields by place, by name, with attributes, items, conversions and nested
 * widths.
 */
export function formatText(
  m: Machine,
  template: string,
  places: readonly Value[],
  named: ReadonlyMap<string, Value> | Value,
): Value {
  const source: Source = { places, named, next: 0, doubt: undefined };
  const made = expand(m, template, source, 0);
  return source.doubt === undefined ? str(made) : unknown(source.doubt, "str");
}

function expand(m: Machine, template: string, source: Source, depth: number): string {
  let made = "";
  for (let at = 0; at < template.length; at++) {
    const character = template[at];
    if ((character === "{" || character === "}") && template[at + 1] === character && depth === 0) {
      made += character;
      at++;
    } else if (character === "{" && depth < 2) {
      const end = closing(template, at);
      if (end < 0) return fail(source, "a format with an open brace");
      made += field(m, template.slice(at + 1, end), source, depth);
      at = end;
    } else if (character === "}") return fail(source, "a format with a lone brace");
    else made += character;
  }
  return made;
}

function fail(source: Source, reason: string): string {
  source.doubt ??= reason;
  return "";
}

function closing(template: string, from: number): number {
  let open = 0;
  for (let at = from; at < template.length; at++) {
    if (template[at] === "{") open++;
    else if (template[at] === "}" && --open === 0) return at;
  }
  return -1;
}

function field(m: Machine, inner: string, source: Source, depth: number): string {
  const match = /^([^!:[.{]*)((?:\.[^.[!:{]+|\[[^\]]+\])*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(inner);
  if (match === null) return fail(source, "a format that is not followed");
  const [, name = "", path = "", conversion, specification = ""] = match;
  const value = follow(m, start(m, name, source), path);
  const wanted = expand(m, specification, source, depth + 1);
  const shown = conversion === "s" || conversion === undefined ? value : shownAs(m, value, conversion);
  const result = shown === undefined ? undefined : formatted(m, conversion === "s" ? texted(m, shown) : shown, wanted);
  return result ?? fail(source, doubtful([value], "its text is not known").reason);
}
const shownAs = (m: Machine, value: Value, conversion: string): Value | undefined => {
  const shown = display(m, value, conversion !== "s");
  return shown === undefined ? undefined : str(shown);
};
const texted = (m: Machine, value: Value): Value => shownAs(m, value, "s") ?? value;

function start(m: Machine, name: string, source: Source): Value {
  if (name === "" || /^\d+$/.test(name)) {
    const at = name === "" ? source.next++ : Number(name);
    return source.places[at] ?? unknown("the format takes more values than there are");
  }
  const { named } = source;
  if (!(named instanceof Map)) return subscript(m, named as Value, str(name));
  return named.get(name) ?? unknown(`the format has no value for ${name}`);
}

function follow(m: Machine, value: Value, path: string): Value {
  let at = value;
  for (const [, attribute, index = ""] of path.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    if (attribute !== undefined) at = attributeOf(m, at, attribute);
    else at = subscript(m, at, /^\d+$/.test(index) ? int(Number(index)) : str(index));
  }
  return at;
}
