import { py } from "../define.ts";
import { convLstm } from "./families/convLstm.ts";

export const ConvLSTM3D = convLstm("ConvLSTM3D", 3, {
  summary: "An LSTM over a series of volumes, whose products are convolutions over the volume.",
  example: py`
    x = keras.Input((4, 8, 8, 8, 3))   # shape: (None, 4, 8, 8, 8, 3)
    y = layers.ConvLSTM3D(2, 3)(x)     # shape: (None, 6, 6, 6, 2)  params: 1088
  `,
});
