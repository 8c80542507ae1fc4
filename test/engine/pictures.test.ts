import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { readGiven } from "../../server/engine/given.ts";
import { pictureSize, pixelsOf, readPicture as readBy } from "../../server/engine/pictures/picture.ts";

interface Recorded {
  readonly pictures: Readonly<Record<string, string>>;
  readonly cases: readonly {
    readonly of: string;
    readonly mode: "grayscale" | "rgb" | "rgba";
    readonly size: readonly [number, number] | null;
    readonly shape: readonly number[];
    readonly numbers: string;
  }[];
}
const recorded = JSON.parse(
  readFileSync(new URL("../oracle/pictures.json", import.meta.url), "utf8"),
) as unknown as Recorded;
const bytesOf = (name: string) => Uint8Array.from(Buffer.from(recorded.pictures[name] ?? "", "base64"));
const wasm = readFileSync(createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
const readPicture = (bytes: Uint8Array) => readBy(bytes, wasm);
/** Interlaced PNGs of less than a byte. */
const NOT_READ = /^(two|palette of 4) bits interlaced/;
/** JPEGs whose colours are halved in height alone, levels that they may be off: docs/forward.md says why. */
const OFF = new Map([["440.jpg", 2]]);
const CHANNELS = { grayscale: 1, rgb: 3, rgba: 4 } as const;

describe("pictures", () => {
  for (const name of Object.keys(recorded.pictures).filter((it) => !NOT_READ.test(it)))
    it(`are the numbers that load_img and img_to_array give: ${name}`, async () => {
      const raster = await readPicture(bytesOf(name));
      assert.ok(!("problem" in raster), JSON.stringify(raster));
      const { width, height } = raster;
      const size = pictureSize(bytesOf(name));
      assert.deepEqual("problem" in size ? size : [size.width, size.height], [width, height]);
      for (const { mode, size, shape, numbers } of recorded.cases.filter((it) => it.of === name)) {
        const [rows, columns] = size ?? [];
        const wanted = { channels: CHANNELS[mode], height: rows, width: columns, place: "last" } as const;
        const pixels = pixelsOf(raster, wanted);
        const off = numbers.split(" ").map((it, i) => Math.abs(Number(it) - (pixels[i] ?? Number.NaN)));
        assert.ok(Math.max(...off) <= (OFF.get(name) ?? 0), `${mode} ${size}: off by ${Math.max(...off)}`);
        assert.deepEqual(shape, [rows ?? height, columns ?? width, CHANNELS[mode]]);
        assert.equal(pixels.length, off.length);
      }
    });

  it("are refused by name where they are PNGs that are interlaced and shallow", async () => {
    for (const name of Object.keys(recorded.pictures).filter((it) => NOT_READ.test(it)))
      assert.match(
        JSON.stringify(await readPicture(bytesOf(name))),
        /interlaced, of [24] bits, which is not read: save/,
      );
  });

  it("have their channels first where an input does", async () => {
    const raster = await readPicture(bytesOf("rgb.png"));
    assert.ok(!("problem" in raster));
    const how = { channels: 3, height: 4, width: 2 } as const;
    const [last, first] = (["last", "first"] as const).map((place) => [...pixelsOf(raster, { ...how, place })]);
    const turned = [0, 1, 2].flatMap((c) => last?.filter((_, i) => i % 3 === c));
    assert.deepEqual(first, turned);
  });

  it("that are cut off or damaged say so, wherever it is", async () => {
    const names = ["rgb.png", "palette with alpha.png", "rgb of 16 bits interlaced.png", "420.jpg", "progressive.jpg"];
    for (const name of names) {
      const whole = bytesOf(name);
      // A JPEG takes some milliseconds, which a new libjpeg takes.
      const step = name.endsWith(".png") ? 1 : 29;
      for (let length = 0; length < whole.length - 2; length += step) {
        const size = pictureSize(whole.subarray(0, length));
        const read = "problem" in size ? size : await readPicture(whole.subarray(0, length));
        assert.ok("problem" in read && /cut off|damaged|no picture/.test(read.problem), `${name} ${length}`);
      }
      // Whatever a byte is, a picture comes out or words do.
      for (let at = 0; at < whole.length; at += step) {
        const damaged = Uint8Array.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ 0xff;
        const size = pictureSize(damaged);
        const read = "problem" in size ? size : await readPicture(damaged);
        if (name.endsWith(".png")) assert.ok("problem" in read, `${name} ${at}`);
      }
    }
  });

  it("are refused before they are unpacked where they are huge, and by name if of another kind", async () => {
    const huge = bytesOf("rgb.png");
    new DataView(huge.buffer).setUint32(16, 100_000);
    new DataView(huge.buffer).setUint32(20, 100_000);
    const problemOf = async (bytes: Uint8Array) => JSON.stringify(await readGiven("photo.png", bytes));
    assert.match(await problemOf(huge), /it has 100000 × 100000 pixels, and at most 50 million are read: scale it/);
    const jpeg = bytesOf("444.jpg");
    const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
    new DataView(jpeg.buffer).setUint32(frame + 5, 0xffffffff);
    assert.match(await problemOf(jpeg), /it has 65535 × 65535 pixels/);
    const lossless = bytesOf("444.jpg");
    lossless[frame + 1] = 0xc3;
    assert.match(await problemOf(lossless), /its header is damaged, or of a kind that is not read: save it as/);
    const deep = bytesOf("444.jpg");
    deep[frame + 4] = 12;
    const { problem } = { problem: "none", ...(await readPicture(deep)) };
    assert.match(
      problem,
      /libjpeg refuses it: Unsupported JPEG data precision 12. Save it as an ordinary JPEG or a PNG/,
    );
    for (const [begin, kind] of [
      ["GIF89a", "a GIF"],
      ["BM", "a BMP"],
      ["RIFF....WEBPVP8 ", "a WebP"],
      ["\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC or AVIF"],
      ["II*\0", "a TIFF"],
      ["hello", "no picture that is known"],
    ] as const)
      assert.match(
        await problemOf(new TextEncoder().encode(begin)),
        new RegExp(`it is ${kind}, and PNG and JPEG are read`),
      );
  });
});
