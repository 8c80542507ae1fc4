import { snakeCase } from "../runtime/automaticNames.ts";

const ROOT = "https://keras.io/api/layers";

/**
 * Where keras.io documents the layers that have a page of their own: `layers/<group>/<name>/`, after the list of pages
 * that its site is built from (scripts/api_master.py of keras-team/keras-io). A layer that is not in it has no address.
 */
const PAGES: Readonly<Record<string, string>> = {
  core_layers: "Dense EinsumDense Activation Embedding Masking Lambda Identity",
  convolution_layers:
    "Conv1D Conv2D Conv3D SeparableConv1D SeparableConv2D DepthwiseConv1D DepthwiseConv2D " +
    "Conv1DTranspose Conv2DTranspose Conv3DTranspose",
  pooling_layers:
    "MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D " +
    "GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D " +
    "GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D",
  recurrent_layers:
    "LSTM LSTMCell GRU GRUCell SimpleRNN SimpleRNNCell TimeDistributed Bidirectional " +
    "ConvLSTM1D ConvLSTM2D ConvLSTM3D RNN StackedRNNCells",
  "preprocessing_layers/text": "TextVectorization",
  "preprocessing_layers/numerical": "Normalization SpectralNormalization Discretization",
  "preprocessing_layers/categorical": "CategoryEncoding Hashing HashedCrossing StringLookup IntegerLookup",
  "preprocessing_layers/image_preprocessing": "Resizing Rescaling CenterCrop",
  "preprocessing_layers/image_augmentation":
    "RandomCrop RandomFlip RandomTranslation RandomRotation RandomZoom RandomContrast RandomBrightness " +
    "Solarization Pipeline",
  "preprocessing_layers/audio_preprocessing": "MelSpectrogram",
  normalization_layers: "BatchNormalization LayerNormalization UnitNormalization GroupNormalization",
  regularization_layers:
    "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout AlphaDropout GaussianNoise " +
    "ActivityRegularization",
  attention_layers: "GroupQueryAttention MultiHeadAttention Attention AdditiveAttention",
  reshaping_layers:
    "Reshape Flatten RepeatVector Permute Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling2D UpSampling3D " +
    "ZeroPadding1D ZeroPadding2D ZeroPadding3D",
  merging_layers: "Concatenate Average Maximum Minimum Add Subtract Multiply Dot",
  activation_layers: "ReLU Softmax LeakyReLU PReLU ELU",
};

/** Of a layer by the last word of its canonical name. */
export function documentationOf(layer: string | undefined): string | undefined {
  if (layer === undefined) return undefined;
  const group = Object.entries(PAGES).find(([, names]) => names.split(" ").includes(layer))?.[0];
  return group === undefined ? undefined : `${ROOT}/${group}/${pageOf(layer)}/`;
}

/** Spelled in the site's own way, where that is not Keras's snake case. */
const SPELLED: Readonly<Record<string, string>> = {
  ReLU: "relu",
  LeakyReLU: "leaky_relu",
  PReLU: "prelu",
  StackedRNNCells: "stacked_rnn_cell",
};
const pageOf = (layer: string): string => SPELLED[layer] ?? snakeCase(layer).replace(/conv(?=[123]d)/, "convolution");
