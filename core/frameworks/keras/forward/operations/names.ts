import { BINARY } from "../../operators.ts";

/** Libraries name one function in many ways. */

/** Without the library's name: `keras.ops.add` and `+` are `add`, `tf.reduce_mean` is `mean`. */
export function operationName(name: string): string {
  const last = SIGNS[name] ?? name.slice(name.lastIndexOf(".") + 1);
  return ALIASES[last] ?? last;
}

/** Where a library means something of its own by a name, the rule has the library's before it: `K.dot`, `tf.split`. */
export function ruleNames(name: string): readonly string[] {
  const library = LIBRARIES.find(([prefix]) => name.startsWith(prefix))?.[1];
  const last = name.slice(name.lastIndexOf(".") + 1);
  return [...(library === undefined ? [] : [`${library}.${last}`]), operationName(name)];
}
const LIBRARIES = [
  ["keras.backend.", "K"],
  ["keras.", "ops"],
  ["tensorflow.", "tf"],
  ["numpy.", "np"],
] as const;

const SIGNS: Readonly<Record<string, string>> = { ...BINARY, "==": "equal", "~": "logical_not" };

/** The first of each line is the name of the rule. */
const ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  `
mean reduce_mean
sum reduce_sum
max reduce_max amax
min reduce_min amin
prod reduce_prod
any reduce_any
all reduce_all
std reduce_std
var reduce_variance
logsumexp reduce_logsumexp
euclidean_norm reduce_euclidean_norm
concatenate concat
divide true_divide truediv
floor_divide floordiv
mod floormod remainder
power pow
abs absolute fabs
neg negative
arccos acos
arccosh acosh
arcsin asin
arcsinh asinh
arctan atan
arctanh atanh
isnan is_nan
isinf is_inf
isfinite is_finite
maximum fmax
minimum fmin
clip clip_by_value
transpose permute_dimensions T
identity linear convert_to_tensor stop_gradient copy conj conjugate real ensure_shape cast_to_floatx in_test_phase
silu swish
hard_silu hard_swish
round rint around
arange range
take gather embedding_lookup
flip reverse
ravel flatten
normal random_normal stateless_normal
uniform random_uniform stateless_uniform
truncated_normal stateless_truncated_normal
randint random_integers
full fill
constant array variable asarray ascontiguousarray asanyarray asfarray
cast astype
conv convolution conv1d conv2d conv3d
depthwise_conv depthwise_conv2d
conv_transpose conv2d_transpose
separable_conv separable_conv2d
max_pool max_pool1d max_pool2d max_pool3d
average_pool avg_pool avg_pool1d avg_pool2d avg_pool3d
batch_normalization batch_norm
repeat repeat_elements
band_part matrix_band_part
fliplr flip_left_right
flipud flip_up_down
`
    .trim()
    .split("\n")
    .flatMap((row) => {
      const [name = "", ...others] = row.split(" ");
      return others.map((other) => [other, name]);
    }),
);
