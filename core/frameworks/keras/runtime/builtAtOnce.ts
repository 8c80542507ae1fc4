/** Layers of Keras's that are built as soon as they are made, before any call: those that `_build_at_init`. */
export const BUILT_AT_ONCE: ReadonlySet<string> = new Set(
  [
    "Activation ActivityRegularization AlphaDropout AveragePooling1D AveragePooling2D AveragePooling3D Dropout ELU",
    "GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D",
    "GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D Identity InputLayer LeakyReLU Masking MaxPooling1D",
    "MaxPooling2D MaxPooling3D ReLU Reshape Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D TFSMLayer",
    "UnitNormalization",
  ].flatMap((line) => line.split(" ")),
);
