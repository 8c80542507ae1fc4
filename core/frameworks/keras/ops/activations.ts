import { along, like } from "../../operation/shapes.ts";
import { floating, kept, numbersWhenRun, numericWhenRun, realWhenRun } from "./dtypes.ts";
import { ACTIVATIONS } from "./elementwise.ts";
import { NETWORK } from "./nn.ts";
import { each, type Rules, rule } from "./table.ts";

const OWN =
  "celu elu gelu glu hard_shrink hard_sigmoid hard_tanh leaky_relu log_sigmoid log_softmax relu6 selu sigmoid " +
  "silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid squareplus tanh_shrink threshold";

/** Those that have no symbolic form: on a symbolic tensor they end in the backend's function, which refuses it. */
export const BACKEND_ONLY: Rules = {
  ...each("mish hard_silu", like(), kept(), { requires: realWhenRun("x") }),
  sparsemax: rule(along(), kept(), { requires: realWhenRun("x") }),
};

/** keras.activations: as `keras.ops` has them. */
export const ACTIVATION_FUNCTIONS: Rules = {
  ...Object.fromEntries(
    OWN.split(" ").flatMap((name) => {
      const found = ACTIVATIONS[name] ?? NETWORK[name];
      return found === undefined ? [] : [[name, found]];
    }),
  ),
  tanh: rule(like(), floating(), { requires: numbersWhenRun("x") }),
  exponential: rule(like(), floating(), { type: "Exp", requires: numbersWhenRun("x") }),
  relu: rule(like(), kept(), { type: "ReLU", requires: numericWhenRun("x") }),
};
