/**
 * What each old pixel counts in each new one, where ONNX resizes in another way: row by row, a row for each new pixel.
 * Sources: tensorflow/core/kernels/image, scale_and_translate_op.cc, sampling_kernels.h, resize_bicubic_op.cc and
 * resize_area_op.cc.
 */
export type Weigh = (from: number, to: number) => readonly number[];

interface Kernel {
  readonly radius: number;
  /** Of the distance, which is not negative and below the radius. */
  readonly at: (x: number) => number;
}
const lanczos = (radius: number): Kernel => ({
  radius,
  at: (x) => (x <= 1e-3 ? 1 : (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * x) ** 2),
});
const KEYS: Kernel = {
  radius: 2,
  at: (x) => (x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1),
};
const TRIANGLE: Kernel = { radius: 1, at: (x) => 1 - x };
/** Whatever is asked for, in TensorFlow these are of one kind. */
const KERNELS: Readonly<Record<string, Kernel>> = {
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
  gaussian: { radius: 1.5, at: (x) => Math.exp((-x * x) / (2 * 0.5 ** 2)) },
  mitchellcubic: {
    radius: 2,
    at: (x) => (x > 1 ? (((-7 / 18) * x + 2) * x - 10 / 3) * x + 16 / 9 : ((7 / 6) * x - 2) * x * x + 8 / 9),
  },
};
const SMOOTH: Readonly<Record<string, Kernel>> = { bilinear: TRIANGLE, bicubic: KEYS };

/** Undefined for what ONNX does itself. */
export function weightsOf(method: string, antialias: boolean): Weigh | undefined {
  if (method === "area") return area;
  const kernel = KERNELS[method] ?? (antialias ? SMOOTH[method] : undefined);
  if (kernel !== undefined) return spread(kernel, antialias);
  return method === "bicubic" ? cubic : undefined;
}

/** Weights that make up one. */
function row(from: number, weight: (i: number) => number): readonly number[] {
  const weights = Array.from({ length: from }, (_, i) => weight(i));
  const sum = weights.reduce((a, b) => a + b, 0);
  return sum === 0 ? weights : weights.map((it) => it / sum);
}
const rows = (to: number, one: (place: number) => readonly number[]): readonly number[] =>
  Array.from({ length: to }, (_, place) => one(place)).flat();

/** A kernel over the place where a new pixel's centre falls, as wide as a new pixel is where it shall not alias. */
const spread =
  ({ radius, at }: Kernel, antialias: boolean): Weigh =>
  (from, to) => {
    const width = antialias ? Math.max(from / to, 1) : 1;
    return rows(to, (place) => {
      const centre = ((place + 0.5) * from) / to;
      return row(from, (i) => {
        const x = Math.abs(i + 0.5 - centre) / width;
        return x < radius ? at(x) : 0;
      });
    });
  };

/** TensorFlow reads the kernel off a table. */
const STEPS = 1024;
const cubic: Weigh = (from, to) =>
  rows(to, (place) => {
    const centre = ((place + 0.5) * from) / to - 0.5;
    const first = Math.floor(centre);
    const rest = Math.round((centre - first) * STEPS) / STEPS;
    return row(from, (i) => {
      const x = Math.abs(i - first - rest);
      return x < KEYS.radius ? KEYS.at(x) : 0;
    });
  });

/** The mean of what a new pixel covers. */
const area: Weigh = (from, to) =>
  rows(to, (place) => {
    const [start, end] = [(place * from) / to, ((place + 1) * from) / to];
    return row(from, (i) => Math.max(0, Math.min(end, i + 1) - Math.max(start, i)));
  });
