"""Writes test/oracle/pictures.json: small pictures, and what keras.utils.load_img and img_to_array make of them.

    python tasks/oracle/pictures.py      with Keras and Pillow

Numbers stand row by row. What Pillow does not write is written here: interlaced and shallow PNGs, and JPEGs whose
sampling is said otherwise than it was, which makes another picture of the same blocks.
"""

import base64
import io
import json
import os
import struct
import zlib

os.environ.setdefault("KERAS_BACKEND", "numpy")
import keras
import numpy as np
import PIL
from PIL import Image, features

random = np.random.default_rng(7)
HEIGHT, WIDTH = 9, 13


def drawn(channels, height=HEIGHT, width=WIDTH):
    y, x = np.mgrid[0:height, 0:width]
    waves = [127 + 90 * np.sin(x / (3 + c) + c) + 60 * np.cos(y / (2 + c)) for c in range(channels)]
    return np.stack(waves, -1).clip(0, 255).astype("uint8")


def saved(image, form, **how):
    file = io.BytesIO()
    image.save(file, form, **how)
    return file.getvalue()


def png(depth, kind, interlaced, *chunks):
    """Random pixels, each line with a random filter."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    adam = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    lines = b""
    for x, y, dx, dy in adam if interlaced else [(0, 0, 1, 1)]:
        for _ in range(-(-(HEIGHT - y) // dy)):
            row = random.integers(0, 256, -(-(-(-(WIDTH - x) // dx)) * bits // 8))
            lines += bytes([random.integers(0, 5)]) + row.astype("uint8").tobytes()

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, interlaced)
    parts = [chunk(b"IHDR", header), *(chunk(*it) for it in chunks), chunk(b"IDAT", zlib.compress(lines))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def resampled(subsampling, sampling):
    bytes_ = bytearray(saved(Image.fromarray(drawn(3, 32, 32)), "JPEG", quality=60, subsampling=subsampling))
    bytes_[bytes_.index(b"\xff\xc0") + 11] = sampling
    return bytes(bytes_)


rgb, grey = Image.fromarray(drawn(3)), Image.fromarray(drawn(1)[..., 0])
alpha, pair = Image.fromarray(drawn(4)), Image.fromarray(drawn(2), "LA")
palette = (b"PLTE", random.integers(0, 256, 3 * 16).astype("uint8").tobytes())
pictures = {
    "grey.png": saved(grey, "PNG"),
    "grey with alpha.png": saved(pair, "PNG"),
    "rgb.png": saved(rgb, "PNG"),
    "rgba.png": saved(alpha, "PNG"),
    "one bit.png": saved(grey.convert("1"), "PNG"),
    "two bits interlaced.png": png(2, 0, 1),
    "grey of 16 bits.png": png(16, 0, 0),
    "rgb of 16 bits interlaced.png": png(16, 2, 1),
    "rgba of 16 bits.png": png(16, 6, 0),
    "palette.png": saved(rgb.quantize(60), "PNG"),
    "palette of 4 bits interlaced.png": png(4, 3, 1, palette),
    "palette with alpha.png": png(4, 3, 0, palette, (b"tRNS", bytes([0, 128, 255, 7]))),
    "grey with a clear one.png": saved(grey, "PNG", transparency=int(np.asarray(grey)[4, 4])),
    "rgb with a clear one.png": saved(rgb, "PNG", transparency=tuple(map(int, np.asarray(rgb)[4, 4]))),
    "grey.jpg": saved(grey, "JPEG", quality=80),
    "444.jpg": saved(rgb, "JPEG", quality=95, subsampling=0),
    "422.jpg": saved(rgb, "JPEG", quality=75, subsampling=1),
    "420.jpg": saved(rgb, "JPEG", quality=75, subsampling=2),
    "420 with restarts.jpg": saved(rgb, "JPEG", quality=30, subsampling=2, restart_marker_blocks=1),
    "progressive.jpg": saved(rgb, "JPEG", quality=90, subsampling=2, progressive=True),
    "progressive grey.jpg": saved(grey, "JPEG", quality=90, progressive=True),
    "of rgb.jpg": saved(rgb, "JPEG", quality=75, keep_rgb=True),
    "440.jpg": resampled(1, 0x12),
    "411.jpg": resampled(2, 0x41),
}
modes = ["grayscale", "rgb", "rgba"]
cases = []
for n, (name, bytes_) in enumerate(pictures.items()):
    for mode, size in [(modes[n % 3], None), *((mode, (5, 7)) for mode in modes)]:
        image = keras.utils.load_img(io.BytesIO(bytes_), color_mode=mode, target_size=size)
        numbers = keras.utils.img_to_array(image)
        cases.append({"of": name, "mode": mode, "size": size, "shape": numbers.shape,
                      "numbers": " ".join(str(int(it)) for it in numbers.ravel())})
versions = f"keras {keras.__version__}, Pillow {PIL.__version__}, libjpeg-turbo {features.version('libjpeg_turbo')}"
record = {"by": versions, "pictures": {k: base64.b64encode(v).decode() for k, v in pictures.items()}, "cases": cases}
with open(os.path.join(os.path.dirname(__file__), "../../test/oracle/pictures.json"), "w") as file:
    json.dump(record, file, indent=1)
    file.write("\n")
