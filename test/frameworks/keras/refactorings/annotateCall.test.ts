import test from "node:test";
import { becomes, isNotOffered } from "./refactor.ts";

const KIND = "rewrite.call";
const net = (header: string) => `import tensorflow as tf

class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = tf.keras.layers.Flatten()
        self.dense = tf.keras.layers.Dense(128)

${header}
        x = self.flatten(x)
        ‸return self.dense(x)

net = Net()
net(tf.zeros((32, 10, 5)))
`;

test("says what goes in and what comes out", () =>
  becomes(
    KIND,
    net("    def call(self, x, training=False):"),
    net("    def call(self, x, training=False):  # x (32, 10, 5) → (32, 128)").replace("‸", ""),
  ));

test("says it anew where it has changed", () =>
  becomes(
    KIND,
    net("    def call(self, x):  # x (1, 2) → (1, 3)"),
    net("    def call(self, x):  # x (32, 10, 5) → (32, 128)").replace("‸", ""),
  ));

test("not where another comment stands, or nothing is known", () => {
  isNotOffered(KIND, net("    def call(self, x):  # forward"));
  isNotOffered(KIND, net("    def call(self, x):").replace("net(tf.zeros((32, 10, 5)))", ""));
});
