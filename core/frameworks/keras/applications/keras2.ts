/** `keras.applications` as tf-keras 2.21 has it, held to the builders of Keras 3. */

/** Those that it assembles of the same layers. Others differ in what counts as a layer. */
export const isSameInKeras2 = (builder: string): boolean =>
  /^(?:VGG|ResNet(?:50|101|152)(?:V2)?$|DenseNet|NASNet|EfficientNet|ConvNeXt|Inception|Xception$)/.test(builder) ||
  /^MobileNet(?:V2)?$/.test(builder);

/** What it names them where the builder gives no choice. */
export const modelNameInKeras2 = (builder: string): string | undefined =>
  builder.startsWith("NASNet") ? "NASNet" : undefined;

/** DenseNet's first block is named with a slash. */
export const layerNameInKeras2 = (builder: string, name: string): string =>
  builder.startsWith("DenseNet") ? name.replace(/^conv1_(conv|bn|relu)$/, "conv1/$1") : name;
