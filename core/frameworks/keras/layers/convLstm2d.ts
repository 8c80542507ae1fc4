import { py } from "../define.ts";
import { convLstm } from "./families/convLstm.ts";

export const ConvLSTM2D = convLstm("ConvLSTM2D", 2, {
  summary: "An LSTM over a series of images, whose products are convolutions over the image.",
  example: py`
    x = keras.Input((10, 32, 32, 3))   # shape: (None, 10, 32, 32, 3)
    y = layers.ConvLSTM2D(8, 3)(x)     # shape: (None, 30, 30, 8)  params: 3200
  `,
});
