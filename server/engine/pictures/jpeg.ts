import libjpeg from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import { CUT_OFF, type Problem, type Raster, type Size } from "./raster.ts";

/** What the package's types say in terms of a browser's. */
type Opened = (options: {
  readonly wasmBinary: Uint8Array;
  readonly noInitialRun: true;
  readonly printErr: (line: string) => void;
}) => Promise<{
  decode(file: Uint8Array, turned: boolean): (Size & { readonly data: Uint8ClampedArray }) | null;
}>;

/** JPEG, by libjpeg itself; `wasm` are the bytes of its build. */
export async function readJpeg(bytes: Uint8Array, wasm: Uint8Array): Promise<Raster | Problem> {
  const words: string[] = [];
  const printErr = (line: string): void => void words.push(line);
  // One for each picture: after an error libjpeg ends, as a program does.
  const decoder = await (libjpeg as Opened)({ wasmBinary: wasm, noInitialRun: true, printErr });
  let image: ReturnType<typeof decoder.decode> = null;
  try {
    image = decoder.decode(bytes, false);
  } catch {
    // Its words have said why.
  }
  // What is missing of a file it makes up. Its other warnings Pillow does not hear either.
  if (words.some((it) => /premature end/i.test(it))) return CUT_OFF;
  if (image === null)
    return { problem: `libjpeg refuses it: ${words.join(" ")}. Save it as an ordinary JPEG or a PNG` };
  const { width, height, data } = image;
  return { width, height, channels: 4, samples: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
