import { printDim, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, type Shape } from "../../../../tensor/shape.ts";
import { versionIn } from "../../version.ts";
import type { Misfit } from "./misfit.ts";
import { shapingStep, type WrongStep } from "./steps.ts";

/**
 * Pictures for a model that was trained on others: of another size, or with other channels. They are brought to what
 * it reads; where a model is still to be trained, its shape may as well be what is wrong.
 */
export function otherPicture({ m, record, input, tensor, given }: Misfit): WrongStep | undefined {
  const [wanted, found] = [input.shape, tensor.shape];
  const isLate = given.isUse === true || record.fed === true;
  if (!isLate || given.isFeed === true || !hasRank(wanted) || !hasRank(found) || wanted.rank !== 4) return undefined;
  const alone = found.rank === 3;
  if (!alone && found.rank !== 4) return undefined;
  const [sizes, own] = [wanted.dims.slice(1, 3), found.dims.slice(alone ? 0 : 1, -1)];
  const isSize = sizes.every((it, i) => provablyEqual(it, own[i] ?? it));
  const form = isSize ? channels(wanted, found) : resized(versionIn(m), wanted, found);
  const place = given.arg?.node?.kind === "Name" ? tensor.origin : shapingStep(m, tensor)?.step.place;
  if (form === undefined || place === undefined) return undefined;
  const text = alone ? `${form.text}[None]` : form.text;
  const repairs = [{ title: form.title, preferred: true, edits: [{ place, text, form: form.form }] }];
  return { place, message: form.message, repairs };
}
interface Brought {
  readonly title: string;
  readonly message: string;
  readonly text: string;
  readonly form: string;
}
function resized(version: 2 | 3, wanted: Shape, found: Shape): Brought | undefined {
  const sizes = wanted.dims.slice(1, 3);
  if (version !== 3 || !provablyEqual(wanted.last, found.last)) return undefined;
  if (!sizes.every((it) => typeof it === "number")) return undefined;
  const text = `(${sizes.map(printDim).join(", ")})`;
  const title = `ops.image.resize(…, ${text})`;
  const message = `the model reads pictures of ${text}`;
  return { title, message, text: `ops.image.resize …, ${text})`, form: "in call" };
}
function channels({ last: wanted }: Shape, { last: own }: Shape): Brought | undefined {
  const message = `the model reads ${String(wanted)} channels`;
  if (own === 4 && wanted === 3)
    return { title: "[..., :3]: without the alpha", message, text: "[..., :3]", form: "behind" };
  if (own !== 1 || wanted !== 3) return undefined;
  return {
    title: "The grey for each colour: np.repeat(…, 3, axis=-1)",
    message,
    text: "numpy.repeat …, 3, axis=-1)",
    form: "in call",
  };
}
