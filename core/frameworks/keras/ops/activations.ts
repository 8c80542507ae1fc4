import { like } from "../../operation/shapes.ts";
import { floating, kept } from "./dtypes.ts";
import { ACTIVATIONS } from "./elementwise.ts";
import { NETWORK } from "./nn.ts";
import { each, type Rules, rule } from "./table.ts";

const OWN =
  "celu elu gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu log_sigmoid log_softmax relu6 selu sigmoid " +
  "silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh_shrink threshold";

/** keras.activations: as `keras.ops` has them. */
export const ACTIVATION_FUNCTIONS: Rules = {
  ...Object.fromEntries(
    OWN.split(" ").flatMap((name) => {
      const found = ACTIVATIONS[name] ?? NETWORK[name];
      return found === undefined ? [] : [[name, found]];
    }),
  ),
  ...each("linear mish", like(), kept()),
  tanh: rule(like(), floating()),
  exponential: rule(like(), floating(), { type: "Exp" }),
  relu: rule(like(), kept(), { type: "ReLU" }),
};
