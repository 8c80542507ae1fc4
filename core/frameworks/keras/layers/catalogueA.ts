import type { LayerDeclaration } from "../define.ts";
import { Activation } from "./activation.ts";
import { ActivityRegularization } from "./activityRegularization.ts";
import { AdaptiveAveragePooling1D } from "./adaptiveAveragePooling1d.ts";
import { AdaptiveAveragePooling2D } from "./adaptiveAveragePooling2d.ts";
import { AdaptiveAveragePooling3D } from "./adaptiveAveragePooling3d.ts";
import { AdaptiveMaxPooling1D } from "./adaptiveMaxPooling1d.ts";
import { AdaptiveMaxPooling2D } from "./adaptiveMaxPooling2d.ts";
import { AdaptiveMaxPooling3D } from "./adaptiveMaxPooling3d.ts";
import { AlphaDropout } from "./alphaDropout.ts";
import { AveragePooling1D } from "./averagePooling1d.ts";
import { AveragePooling2D } from "./averagePooling2d.ts";
import { AveragePooling3D } from "./averagePooling3d.ts";
import { BatchNormalization } from "./batchNormalization.ts";
import { Conv1D } from "./conv1d.ts";
import { Conv1DTranspose } from "./conv1dTranspose.ts";
import { Conv2D } from "./conv2d.ts";
import { Conv2DTranspose } from "./conv2dTranspose.ts";
import { Conv3D } from "./conv3d.ts";
import { Conv3DTranspose } from "./conv3dTranspose.ts";
import { Cropping1D } from "./cropping1d.ts";
import { Cropping2D } from "./cropping2d.ts";
import { Cropping3D } from "./cropping3d.ts";
import { Dense } from "./dense.ts";
import { DepthwiseConv1D } from "./depthwiseConv1d.ts";
import { DepthwiseConv2D } from "./depthwiseConv2d.ts";
import { Dropout } from "./dropout.ts";
import { EinsumDense } from "./einsumDense.ts";
import { ELU } from "./elu.ts";
import { Embedding } from "./embedding.ts";
import { Flatten } from "./flatten.ts";
import { GaussianDropout } from "./gaussianDropout.ts";
import { GaussianNoise } from "./gaussianNoise.ts";
import { GlobalAveragePooling1D } from "./globalAveragePooling1d.ts";
import { GlobalAveragePooling2D } from "./globalAveragePooling2d.ts";
import { GlobalAveragePooling3D } from "./globalAveragePooling3d.ts";
import { GlobalMaxPooling1D } from "./globalMaxPooling1d.ts";
import { GlobalMaxPooling2D } from "./globalMaxPooling2d.ts";
import { GlobalMaxPooling3D } from "./globalMaxPooling3d.ts";
import { GroupNormalization } from "./groupNormalization.ts";
import { Identity } from "./identity.ts";
import { LayerNormalization } from "./layerNormalization.ts";
import { LeakyReLU } from "./leakyRelu.ts";
import { Masking } from "./masking.ts";
import { MaxPooling1D } from "./maxPooling1d.ts";
import { MaxPooling2D } from "./maxPooling2d.ts";
import { MaxPooling3D } from "./maxPooling3d.ts";
import { Permute } from "./permute.ts";
import { PReLU } from "./prelu.ts";
import { ReLU } from "./relu.ts";
import { RepeatVector } from "./repeatVector.ts";
import { Reshape } from "./reshape.ts";
import { ReversibleEmbedding } from "./reversibleEmbedding.ts";
import { RMSNormalization } from "./rmsNormalization.ts";
import { SeparableConv1D } from "./separableConv1d.ts";
import { SeparableConv2D } from "./separableConv2d.ts";
import { Softmax } from "./softmax.ts";
import { SpatialDropout1D } from "./spatialDropout1d.ts";
import { SpatialDropout2D } from "./spatialDropout2d.ts";
import { SpatialDropout3D } from "./spatialDropout3d.ts";
import { UnitNormalization } from "./unitNormalization.ts";
import { UpSampling1D } from "./upSampling1d.ts";
import { UpSampling2D } from "./upSampling2d.ts";
import { UpSampling3D } from "./upSampling3d.ts";
import { ZeroPadding1D } from "./zeroPadding1d.ts";
import { ZeroPadding2D } from "./zeroPadding2d.ts";
import { ZeroPadding3D } from "./zeroPadding3d.ts";

/** Layers of one tensor: dense, convolutions, pooling, normalisation, dropout, activations, reshaping, embedding. */
export const CATALOGUE_A: readonly LayerDeclaration[] = [
  Activation,
  ActivityRegularization,
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
  AlphaDropout,
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  BatchNormalization,
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  Cropping1D,
  Cropping2D,
  Cropping3D,
  Dense,
  DepthwiseConv1D,
  DepthwiseConv2D,
  Dropout,
  ELU,
  EinsumDense,
  Embedding,
  Flatten,
  GaussianDropout,
  GaussianNoise,
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
  GroupNormalization,
  Identity,
  LayerNormalization,
  LeakyReLU,
  Masking,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
  PReLU,
  Permute,
  RMSNormalization,
  ReLU,
  RepeatVector,
  Reshape,
  ReversibleEmbedding,
  SeparableConv1D,
  SeparableConv2D,
  Softmax,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
  UnitNormalization,
  UpSampling1D,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
];
