import { unknown } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { like, scalar } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { always, each, given, type Lines, line } from "../rules.ts";
import { ofOneShape } from "./math.ts";

/** tf.strings, and what tf.io and tf.audio make of files: texts are tensors of strings. */

const text = always("string");
const texts = (names: string, signature: string, shape: ShapeRule, dtype = text): Lines =>
  each(names, signature, shape, dtype);

/** Texts of one shape; a single one goes with each of the others. */
const joined: ShapeRule = (a) =>
  ofOneShape(a.operands("inputs").flatMap(({ shape }) => (hasRank(shape) && shape.rank === 0 ? [] : [shape])));

export const STRINGS: Lines = {
  ...texts("lower upper", "input, encoding=''", like("input")),
  strip: line("input", like("input"), text),
  length: line("input, unit='BYTE'", like("input"), always("int32")),
  as_string: line("input, precision=-1, scientific=False, shortest=False, width=-1, fill=''", like("input"), text),
  to_number: line("input, out_type='float32'", like("input"), given("float32", "out_type")),
  ...texts("to_hash_bucket to_hash_bucket_fast", "input, num_buckets", like("input"), always("int64")),
  to_hash_bucket_strong: line("input, num_buckets, key", like("input"), always("int64")),
  regex_replace: line("input, pattern, rewrite, replace_global=True", like("input"), text),
  regex_full_match: line("input, pattern", like("input"), always("bool")),
  substr: line("input, pos, len, unit='BYTE'", like("input"), text),
  join: line("inputs, separator=''", joined, text),
  unicode_script: line("input", like("input"), always("int32")),
  unicode_transcode: line(
    "input, input_encoding, output_encoding, errors='replace', replacement_char=65533, " +
      "replace_control_characters=False",
    like("input"),
    text,
  ),
};

export const FILES: Lines = {
  read_file: line("filename", scalar, text),
  ...texts("encode_jpeg", "image, format='', quality=95, progressive=False, optimize_size=False", scalar),
  ...texts("encode_png", "image, compression=-1", likeImages),
  serialize_tensor: line("tensor", scalar, text),
  ...texts("encode_base64 decode_base64", "input, pad=False", like("input")),
};
/** A text for each picture: all but the last three axes. */
function likeImages(a: Parameters<ShapeRule>[0]): ReturnType<ShapeRule> {
  const shape = a.shape("image");
  return "rank" in shape ? shape.slice(0, -3) : shape;
}

export const AUDIO: Lines = {
  decode_wav: line(
    "contents, desired_channels=-1, desired_samples=-1",
    (a) => {
      const axis = (name: string, reason: string) => (a.integer(name) < 0 ? unknown(reason) : a.size(name));
      return [
        new Shape([axis("desired_samples", "the file says"), axis("desired_channels", "the file says")]),
        new Shape([]),
      ];
    },
    () => ["float32", "int32"],
    { yields: ["audio", "sample_rate"] },
  ),
  encode_wav: line("audio, sample_rate", scalar, text),
};
