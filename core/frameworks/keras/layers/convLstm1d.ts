import { py } from "../define.ts";
import { convLstm } from "./families/convLstm.ts";

export const ConvLSTM1D = convLstm("ConvLSTM1D", 1, {
  summary: "An LSTM over a series of rows, whose products are convolutions along the row.",
  example: py`
    x = keras.Input((10, 32, 3))     # shape: (None, 10, 32, 3)
    y = layers.ConvLSTM1D(8, 3)(x)   # shape: (None, 30, 8)  params: 1088
  `,
});
