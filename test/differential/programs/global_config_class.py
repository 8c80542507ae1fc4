import keras


class CFG:
    img_size = (32, 48)
    channels = 3
    widths = [8, 16]
    num_classes = 4

    @classmethod
    def input_shape(cls):
        return (*cls.img_size, cls.channels)

    @property
    def depth(self):
        return len(self.widths)


cfg = CFG()
REGISTRY = {"relu": keras.layers.ReLU, "gelu": lambda: keras.layers.Activation("gelu")}


def block(width, act="relu"):
    def apply(x):
        x = keras.layers.Conv2D(width, 3, padding="same")(x)
        x = REGISTRY[act]()(x)
        return keras.layers.MaxPooling2D()(x)

    return apply


inputs = keras.Input(CFG.input_shape())
x = inputs
for i, (w, act) in enumerate(zip(cfg.widths, ["relu", "gelu"])):
    x = block(w, act=act)(x)
    if i == cfg.depth - 1:
        x = keras.layers.GlobalMaxPooling2D(name="pool%d" % i)(x)
head = {"cls": keras.layers.Dense(cfg.num_classes), "box": keras.layers.Dense(4 * 2)}
out = {k: layer(x) for k, layer in head.items()}
out["box"] = keras.layers.Reshape((2, 4))(out["box"])
model = keras.Model(inputs, out)
while x.shape[-1] > 4:
    x = keras.layers.Dense(x.shape[-1] // 2)(x)
small = keras.Model(inputs, x)
