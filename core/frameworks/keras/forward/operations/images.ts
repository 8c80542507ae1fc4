import { type Builder, type DataFormat, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { padsOf, slidLength } from "../../../../lowering/windows.ts";
import { cutAndResampled, paddedAndResampled, repeatedEach, resampled } from "../../layers/families/resampling.ts";
import type { Arguments, Rule, Rules } from "./arguments.ts";

/** Images: resized, cut, their colours. */

const format = (a: Arguments): DataFormat => (a.channelsFirst ? "channels_first" : "channels_last");
/** One image is a batch of one. */
const batched = (g: Builder, x: Tensor, rule: (x: Tensor) => Tensor): Tensor =>
  x.shape.length === 3 ? g.squeeze(rule(g.expand(x, 0)), 0) : rule(x);

const resized: Rule = (g, a) => {
  const how = [a.text("bilinear", "interpolation", "method"), a.flag("antialias")] as const;
  return batched(g, a.floats, (x) => {
    const [rows = 1, columns = 1] = (a.channelsFirst ? a.output.slice(-2) : a.output.slice(-3, -1)).slice(0, 2);
    const size = [rows, columns] as const;
    if (a.flag("pad_to_aspect_ratio"))
      return paddedAndResampled(g, x, format(a), size, a.number(0, "fill_value"), ...how);
    return (a.flag("crop_to_aspect_ratio") ? cutAndResampled : resampled)(g, x, format(a), size, ...how);
  });
};
/** As large as it can be in its own aspect ratio, in the middle of a black ground. */
const resizedWithPad: Rule = (g, a) => {
  const how = [a.text("bilinear", "method"), a.flag("antialias")] as const;
  return batched(g, a.floats, (x) => {
    const [old, wanted] = [x.shape.slice(1, 3), a.output.slice(-3, -1)];
    const ratio = Math.max(...old.map((n, i) => Math.fround(n / (wanted[i] ?? 1))));
    const exact = old.map((n) => Math.fround(n / ratio));
    const size = exact.map(Math.floor);
    // What is left over is counted before the size is rounded.
    const pads = exact.map((n, i): readonly [number, number] => {
      const all = wanted[i] ?? 0;
      const before = Math.max(0, Math.floor((all - n) / 2));
      return [before, all - Math.floor(n) - before];
    });
    return g.pad(resampled(g, x, "channels_last", size, ...how), [[0, 0], ...pads, [0, 0]]);
  });
};

/** Each patch as a row: pixel by pixel, with all of a pixel's channels together. */
function patches(g: Builder, a: Arguments): Tensor {
  if (a.channelsFirst) return refuse("patches of images with their channels first are not lowered");
  const whole = a.numbers("size", "sizes") ?? [1];
  const two = (list: readonly number[]): readonly number[] =>
    list.length === 4 ? list.slice(1, 3) : list.length === 1 ? [list[0] ?? 1, list[0] ?? 1] : list;
  const kernel = two(whole);
  const window = {
    kernel,
    strides: two(a.numbers("strides") ?? kernel),
    dilations: two(a.numbers("dilation_rate", "rates") ?? [1]),
    padding: a.text("valid", "padding").toLowerCase() === "same" ? ("same" as const) : ("valid" as const),
  };
  return batched(g, a.floats, (x) => cutOut(g, x, window));
}
const MOST_SLICES = 1024;
function cutOut(g: Builder, image: Tensor, window: Parameters<typeof slidLength>[2]): Tensor {
  const [height = 1, width = 1] = window.kernel;
  const { strides, dilations } = window;
  const spatial = image.shape.slice(1, 3);
  const counts = spatial.map((n, i) => slidLength(n, i, window));
  const pads = spatial.map((n, i) => padsOf(n, i, window));
  const x = g.pad(image, [[0, 0], ...pads, [0, 0]]);
  const [batch = 1, rows = 1, columns = 1, channels = 1] = x.shape;
  const [down = 1, right = 1] = counts;
  if (`${strides}` === `${window.kernel}` && `${dilations}` === "1,1") {
    const even = g.slice(g.slice(x, 1, 0, down * height), 2, 0, right * width);
    const cut = g.reshape(even, [batch, down, height, right, width, channels]);
    return g.reshape(g.transpose(cut, 0, 1, 3, 2, 4, 5), [batch, down, right, height * width * channels]);
  }
  if (height * width > MOST_SLICES) return refuse(`patches of more than ${MOST_SLICES} pixels that overlap`);
  const along = (it: Tensor, axis: number, at: number, count: number, size: number): Tensor => {
    const [step, start] = [strides[axis - 1] ?? 1, at * (dilations[axis - 1] ?? 1)];
    return g.slice(it, axis, start, Math.min(size, start + (count - 1) * step + 1), step);
  };
  const parts = Array.from({ length: height * width }, (_, i) =>
    along(along(x, 1, Math.floor(i / width), down, rows), 2, i % width, right, columns),
  );
  return g.concat(parts, 3);
}

/** A part of the rows and columns; beyond the image there is nothing. */
function framed(g: Builder, a: Arguments, top: number, left: number): Tensor {
  const first = a.x.shape.length - (a.channelsFirst ? 2 : 3);
  const [y, x] = [first, first + 1];
  const [rows, columns] = [a.x.shape[y] ?? 1, a.x.shape[x] ?? 1];
  const [height, width] = [a.output[y] ?? 1, a.output[x] ?? 1];
  const cut = g.slice(
    g.slice(a.x, y, Math.max(top, 0), Math.min(rows, top + height)),
    x,
    Math.max(left, 0),
    Math.min(columns, left + width),
  );
  const pads = cut.shape.map((n, i): readonly [number, number] => {
    if (i !== y && i !== x) return [0, 0];
    const before = Math.max(-(i === y ? top : left), 0);
    return [before, (i === y ? height : width) - n - before];
  });
  return g.pad(cut, pads);
}
/** How far in the frame begins: counted from the near side, or from the far one. */
function offset(a: Arguments, near: string, far: string, size: number, target: number): number {
  if (a.has(near)) return a.number(0, near);
  return a.has(far) ? size - target - a.number(0, far) : 0;
}
const cropped: Rule = (g, a) => {
  const first = a.x.shape.length - (a.channelsFirst ? 2 : 3);
  const at = (i: number, near: string, far: string) =>
    offset(a, near, far, a.x.shape[first + i] ?? 1, a.output[first + i] ?? 1);
  return framed(g, a, at(0, "top_cropping", "bottom_cropping"), at(1, "left_cropping", "right_cropping"));
};
const padded: Rule = (g, a) => {
  const first = a.x.shape.length - (a.channelsFirst ? 2 : 3);
  const at = (i: number, near: string, far: string) =>
    offset(a, near, far, a.output[first + i] ?? 1, a.x.shape[first + i] ?? 1);
  return framed(g, a, -at(0, "top_padding", "bottom_padding"), -at(1, "left_padding", "right_padding"));
};
const central: Rule = (g, a) => {
  const first = a.x.shape.length - 3;
  const half = (i: number): number => {
    const [n, m] = [a.x.shape[first + i] ?? 1, a.output[first + i] ?? 1];
    return n >= m ? Math.floor((n - m) / 2) : -Math.floor((m - n) / 2);
  };
  return framed(g, a, half(0), half(1));
};

const LUMA = [0.2989, 0.587, 0.114] as const;
const grey: Rule = (g, a) => {
  const axis = a.channelsFirst ? a.x.shape.length - 3 : a.x.shape.length - 1;
  const shape = a.x.shape.map((_, i) => (i === axis ? 3 : 1));
  return g.reduce("ReduceSum", g.multiply(a.floats, g.constant(LUMA, "float32", shape)), [axis], true);
};
const standard: Rule = (g, a) => {
  const x = a.floats;
  const axes = x.shape.map((_, i) => i).slice(-3);
  const count = axes.reduce((n, i) => n * (x.shape[i] ?? 1), 1);
  const off = g.subtract(x, g.reduce("ReduceMean", x, axes, true));
  const deviation = g.unary("Sqrt", g.reduce("ReduceMean", g.multiply(off, off), axes, true));
  return g.divide(off, g.maximum(deviation, 1 / Math.sqrt(count)));
};

/** e^(−½ (x / σ)²) around the middle, of the sum 1. */
function bell(size: number, sigma: number): readonly number[] {
  const all = Array.from({ length: size }, (_, i) => Math.exp(-0.5 * ((i - (size - 1) / 2) / sigma) ** 2));
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((it) => it / sum);
}
/** Keras writes the products of both bells row by row into the kernel, whose sides it has the other way round. */
const blurred: Rule = (g, a) => {
  const [height = 3, width = 3] = a.numbers("kernel_size") ?? [];
  const [first = 1, second = 1] = a.numbers("sigma") ?? [];
  const [rows, columns] = [bell(width, second), bell(height, first)];
  const kernel = rows.flatMap((it) => columns.map((other) => it * other));
  const window = { kernel: [height, width], strides: [1, 1], dilations: [1, 1], padding: "same" } as const;
  return batched(g, a.floats, (image) =>
    g.channelsFirst(image, format(a), (x) => {
      const channels = x.shape[1] ?? 1;
      const each = g.broadcastTo(g.constant(kernel, "float32", [1, 1, height, width]), [channels, 1, height, width]);
      return g.slide("Conv", [x, each], channels, window, { group: channels });
    }),
  );
};

export const IMAGES: Rules = {
  gaussian_blur: blurred,
  resize: resized,
  resize_images: (g, a) => {
    const times = [a.number(1, "height_factor"), a.number(1, "width_factor")];
    const method = a.text("nearest", "interpolation");
    if (method === "nearest") return repeatedEach(g, a.x, format(a), times);
    const [rows = 1, columns = 1] = a.channelsFirst ? a.output.slice(2) : a.output.slice(1, 3);
    return resampled(g, a.floats, format(a), [rows, columns], method);
  },
  extract_patches: patches,
  crop_images: cropped,
  pad_images: padded,
  crop_to_bounding_box: (g, a) => framed(g, a, a.number(0, "offset_height"), a.number(0, "offset_width")),
  pad_to_bounding_box: (g, a) => framed(g, a, -a.number(0, "offset_height"), -a.number(0, "offset_width")),
  resize_with_crop_or_pad: central,
  central_crop: central,
  resize_with_pad: resizedWithPad,
  fliplr: (g, a) => g.reverse(a.x, a.name.endsWith("fliplr") ? 1 : a.x.shape.length - 2),
  flipud: (g, a) => g.reverse(a.x, a.name.endsWith("flipud") ? 0 : a.x.shape.length - 3),
  rgb_to_grayscale: grey,
  grayscale_to_rgb: (g, a) => g.broadcastTo(a.x, a.output),
  adjust_brightness: (g, a) => g.add(a.floats, a.number(0, "delta")),
  adjust_gamma: (g, a) => g.multiply(g.binary("Pow", a.floats, a.number(1, "gamma")), a.number(1, "gain")),
  adjust_contrast: (g, a) => {
    const x = a.floats;
    const mean = g.reduce("ReduceMean", x, [x.shape.length - 3, x.shape.length - 2], true);
    return g.add(g.multiply(g.subtract(x, mean), a.number(1, "contrast_factor")), mean);
  },
  per_image_standardization: standard,
};
