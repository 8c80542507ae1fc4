import type { LoweredInput, Lowering, LoweringOptions } from "../../core/index.ts";
import type { RunOptions } from "../features/forward.ts";
import { variableNames } from "../features/variableNames.ts";
import { givenInputs } from "./givenInputs.ts";
import { type FileArrays, readInput } from "./inputFile.ts";
import { type PictureInput, pictureSize, sizeOf, type Wanted } from "./pictures/picture.ts";
import type { Problem, Size } from "./pictures/raster.ts";
import { printSizes } from "./tensors.ts";

/** What a file holds that a model is to be given. */
export type Given =
  | { readonly kind: "arrays"; readonly arrays: FileArrays }
  /** Variables of the program. */
  | { readonly kind: "own"; readonly names: readonly string[] }
  | ({ readonly kind: "picture"; readonly name: string; readonly bytes: Uint8Array } & Size);

/** Names of the program's variables, which no file's name or URI is. */
export function namedIn(text: string): Given | undefined {
  const names = variableNames(text);
  return names && { kind: "own", names };
}

/** A model for what is given, and the numbers; none where nothing is, or where it cannot run anyway. */
export interface Prepared<L> {
  readonly lowering: L;
  readonly inputs?: RunOptions["inputs"];
  /** What became of a picture. */
  readonly words?: string;
}

/** Says, instead, why a file cannot be read. A file's content says what picture it is, and its name that it is one. */
export async function readGiven(name: string, bytes: Uint8Array): Promise<Given | Problem> {
  if (/\.(?:png|jpe?g|jpe|jfif|gif|bmp|webp|tiff?|heic|avif)$/i.test(name)) {
    const size = pictureSize(bytes);
    return "problem" in size ? size : { kind: "picture", name, bytes, width: size.width, height: size.height };
  }
  const arrays = await readInput(name, bytes);
  if ("problem" in arrays) return arrays;
  const counts = [...arrays].map(([key, { shape }]) => `${key === "" ? "it" : key} has ${shape[0] ?? 1}`);
  const samples = new Set([...arrays.values()].map(({ shape }) => shape[0]));
  if (samples.has(0)) return { problem: `there are no samples: ${counts.join(", ")}` };
  return samples.size > 1
    ? { problem: `all arrays need as many samples: ${counts.join(", ")}` }
    : { kind: "arrays", arrays };
}

/** How a model is lowered for what is given: as many samples, and as long as they are. */
export function prepared<L extends Lowering>(
  given: Given | undefined,
  options: Omit<LoweringOptions, "batch"> & { readonly batch: number | undefined },
  lower: (options: LoweringOptions) => L | undefined,
): Prepared<L> | Problem | undefined {
  if (given?.kind === "picture") return forPicture(given, options.batch, lower);
  if (given?.kind === "own") return forOwn(given.names, options.batch, lower);
  const arrays = given?.arrays ?? new Map();
  const [samples = 2] = [...arrays.values()][0]?.shape ?? [];
  const shapes = [...arrays].flatMap(([name, { shape }], i) => [[name, shape] as const, [String(i), shape] as const]);
  const asked = { ...options.shapes, ...Object.fromEntries(shapes) };
  const lowering = lower({ batch: options.batch ?? samples, shapes: asked });
  if (lowering === undefined || arrays.size === 0 || lowering.inputs.length === 0) return lowering && { lowering };
  const inputs = givenInputs(lowering, arrays);
  return "problem" in inputs ? inputs : { lowering, inputs };
}

function forOwn<L extends Lowering>(
  names: readonly string[],
  batch: number | undefined,
  lower: (options: LoweringOptions) => L | undefined,
): Prepared<L> | Problem | undefined {
  if (batch !== undefined) return { problem: "all samples of the program's own data run: leave the batch out" };
  const lowering = lower({ batch: 1, data: names });
  if (lowering?.problem !== undefined && lowering.rows.length === 0) return { problem: lowering.problem };
  const lost = lowering?.rows.slice(0, names.length).find((it) => it.problem !== undefined);
  if (lost?.problem !== undefined) return { problem: `its numbers are not known: ${lost.problem}` };
  return lowering && { lowering, words: `${names.join(", ")} of the program` };
}

type Picture = Extract<Given, { readonly kind: "picture" }>;

function forPicture<L extends Lowering>(
  picture: Picture,
  batch: number | undefined,
  lower: (options: LoweringOptions) => L | undefined,
): Prepared<L> | Problem | undefined {
  if (batch !== undefined && batch !== 1)
    return { problem: `a picture is one sample, and a batch of ${batch} is asked` };
  const first = lower({ batch: 1 });
  if (first === undefined || (first.inputs.length === 0 && !first.lacksShape)) return first && { lowering: first };
  const [input, ...others] = first.inputs;
  if (others.length > 0) {
    const all = first.inputs.map((it) => it.input).join(", ");
    return { problem: `the model takes ${all}, and a picture is one of them: give them as arrays of one .npz` };
  }
  const wanted = input === undefined ? WHOLE : wantedFor(input);
  if ("problem" in wanted) return wanted;
  const { height, width } = sizeOf(picture, wanted);
  const { channels, place } = wanted;
  const axes = place === "none" ? [height, width] : place === "first" ? [channels, height, width] : undefined;
  const shape = [1, ...(axes ?? [height, width, channels])];
  const isOpen = input === undefined || input.assumed.length > 0;
  const lowering = isOpen ? lower({ batch: 1, shapes: { "0": shape } }) : first;
  const [taken] = lowering?.inputs ?? [];
  if (lowering === undefined || taken === undefined) return lowering && { lowering };
  if (taken.shape[0] !== 1)
    return { problem: `the input ${taken.input} takes ${taken.shape[0]} samples, and a picture is one` };
  const own: PictureInput = { bytes: picture.bytes, width: picture.width, height: picture.height, wanted };
  const words = `${picture.name}, ${picture.width} × ${picture.height}`;
  const resized = width === picture.width && height === picture.height ? "" : ` resized to ${width} × ${height}`;
  return {
    lowering,
    inputs: new Map([[taken.name, own]]),
    words: `${words}${resized}, as ${COLOURS[channels]} from 0 to 255`,
  };
}
const COLOURS = { 1: "grey", 3: "RGB", 4: "RGBA" } as const;
const WHOLE: Wanted = { channels: 3, height: undefined, width: undefined, place: "last" };

/** As what an input wants a picture: with the channels that it has, or as a grey one without an axis for them. */
function wantedFor({ input, shape, assumed }: LoweredInput): Wanted | Problem {
  const isOpen = (axis: number): boolean => assumed.some((it) => it.axis === axis);
  const size = (axis: number): number | undefined => (isOpen(axis) ? undefined : shape[axis]);
  const channelsAt = (axis: number) => ([1, 3, 4] as const).find((it) => it === size(axis));
  const [last, first] = [channelsAt(3), channelsAt(1)];
  if (shape.length === 4 && (last !== undefined || first === undefined) && (last !== undefined || isOpen(3)))
    return { channels: last ?? 3, height: size(1), width: size(2), place: "last" };
  if (shape.length === 4 && first !== undefined)
    return { channels: first, height: size(2), width: size(3), place: "first" };
  if (shape.length === 3 && !isOpen(1) && !isOpen(2))
    return { channels: 1, height: size(1), width: size(2), place: "none" };
  const takes = printSizes(shape.slice(1));
  const why = shape.length === 4 ? `${takes} has not 1, 3 or 4 channels` : `${takes} has no height and width`;
  return {
    problem:
      `a picture is no input ${input}, whose ${why}: save what the program makes of it, ` +
      "as by np.save('x.npy', x), and give x.npy",
  };
}
