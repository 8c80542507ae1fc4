import type { LayerDeclaration } from "../define.ts";
import { Add } from "./add.ts";
import { AdditiveAttention } from "./additiveAttention.ts";
import { Attention } from "./attention.ts";
import { AugMix } from "./augMix.ts";
import { AutoContrast } from "./autoContrast.ts";
import { Average } from "./average.ts";
import { Bidirectional } from "./bidirectional.ts";
import { CategoryEncoding } from "./categoryEncoding.ts";
import { CenterCrop } from "./centerCrop.ts";
import { ContrastLimitedAdaptiveHistogramEqualization } from "./clahe.ts";
import { Concatenate } from "./concatenate.ts";
import { ConvLSTM1D } from "./convLstm1d.ts";
import { ConvLSTM2D } from "./convLstm2d.ts";
import { ConvLSTM3D } from "./convLstm3d.ts";
import { CuDNNGRU } from "./cuDnnGru.ts";
import { CuDNNLSTM } from "./cuDnnLstm.ts";
import { CutMix } from "./cutMix.ts";
import { Discretization } from "./discretization.ts";
import { Dot } from "./dot.ts";
import { Equalization } from "./equalization.ts";
import { GroupQueryAttention } from "./groupQueryAttention.ts";
import { GRU } from "./gru.ts";
import { GRUCell } from "./gruCell.ts";
import { HashedCrossing } from "./hashedCrossing.ts";
import { Hashing } from "./hashing.ts";
import { IntegerLookup } from "./integerLookup.ts";
import { LocallyConnected1D } from "./locallyConnected1d.ts";
import { LocallyConnected2D } from "./locallyConnected2d.ts";
import { LSTM } from "./lstm.ts";
import { LSTMCell } from "./lstmCell.ts";
import { Maximum } from "./maximum.ts";
import { MaxNumBoundingBoxes } from "./maxNumBoundingBoxes.ts";
import { MelSpectrogram } from "./melSpectrogram.ts";
import { Minimum } from "./minimum.ts";
import { MixUp } from "./mixUp.ts";
import { MultiHeadAttention } from "./multiHeadAttention.ts";
import { Multiply } from "./multiply.ts";
import { Normalization } from "./normalization.ts";
import { Pipeline } from "./pipeline.ts";
import { RandAugment } from "./randAugment.ts";
import { RandomBrightness } from "./randomBrightness.ts";
import { RandomColorDegeneration } from "./randomColorDegeneration.ts";
import { RandomColorJitter } from "./randomColorJitter.ts";
import { RandomContrast } from "./randomContrast.ts";
import { RandomCrop } from "./randomCrop.ts";
import { RandomElasticTransform } from "./randomElasticTransform.ts";
import { RandomErasing } from "./randomErasing.ts";
import { RandomFlip } from "./randomFlip.ts";
import { RandomGaussianBlur } from "./randomGaussianBlur.ts";
import { RandomGrayscale } from "./randomGrayscale.ts";
import { RandomHeight } from "./randomHeight.ts";
import { RandomHue } from "./randomHue.ts";
import { RandomInvert } from "./randomInvert.ts";
import { RandomPerspective } from "./randomPerspective.ts";
import { RandomPosterization } from "./randomPosterization.ts";
import { RandomRotation } from "./randomRotation.ts";
import { RandomSaturation } from "./randomSaturation.ts";
import { RandomSharpness } from "./randomSharpness.ts";
import { RandomShear } from "./randomShear.ts";
import { RandomTranslation } from "./randomTranslation.ts";
import { RandomWidth } from "./randomWidth.ts";
import { RandomZoom } from "./randomZoom.ts";
import { Rescaling } from "./rescaling.ts";
import { Resizing } from "./resizing.ts";
import { RNN } from "./rnn.ts";
import { SimpleRNN } from "./simpleRnn.ts";
import { SimpleRNNCell } from "./simpleRnnCell.ts";
import { Solarization } from "./solarization.ts";
import { SpectralNormalization } from "./spectralNormalization.ts";
import { StackedRNNCells } from "./stackedRnnCells.ts";
import { STFTSpectrogram } from "./stftSpectrogram.ts";
import { StringLookup } from "./stringLookup.ts";
import { Subtract } from "./subtract.ts";
import { TextVectorization } from "./textVectorization.ts";
import { ThresholdedReLU } from "./thresholdedRelu.ts";
import { TimeDistributed } from "./timeDistributed.ts";

const merging = [Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract];
const recurrent = [
  SimpleRNN,
  LSTM,
  GRU,
  RNN,
  ConvLSTM1D,
  ConvLSTM2D,
  ConvLSTM3D,
  Bidirectional,
  SpectralNormalization,
  TimeDistributed,
  Pipeline,
];
const cells = [SimpleRNNCell, LSTMCell, GRUCell, StackedRNNCells];
const attention = [MultiHeadAttention, GroupQueryAttention, Attention, AdditiveAttention];
const categories = [
  CategoryEncoding,
  Discretization,
  Hashing,
  HashedCrossing,
  IntegerLookup,
  StringLookup,
  TextVectorization,
];
const numbers = [Rescaling, Normalization, MelSpectrogram, STFTSpectrogram];
const images = [
  RandomFlip,
  RandomRotation,
  RandomZoom,
  RandomTranslation,
  RandomShear,
  RandomContrast,
  RandomSaturation,
  RandomBrightness,
  RandomHue,
  RandomSharpness,
  RandomInvert,
  RandomPosterization,
  RandomErasing,
  RandomElasticTransform,
  RandomGaussianBlur,
  RandomPerspective,
  Solarization,
  AutoContrast,
  Equalization,
  ContrastLimitedAdaptiveHistogramEqualization,
  MixUp,
  CutMix,
  AugMix,
  RandAugment,
  MaxNumBoundingBoxes,
  RandomColorJitter,
  RandomGrayscale,
  RandomColorDegeneration,
  Resizing,
  CenterCrop,
  RandomCrop,
];
const legacy = [
  CuDNNGRU,
  CuDNNLSTM,
  LocallyConnected1D,
  LocallyConnected2D,
  RandomHeight,
  RandomWidth,
  ThresholdedReLU,
];

/** Layers of several tensors, recurrent layers, attention, wrappers and preprocessing. */
export const CATALOGUE_B: readonly LayerDeclaration[] = [
  ...merging,
  ...recurrent,
  ...cells,
  ...attention,
  ...categories,
  ...numbers,
  ...images,
  ...legacy,
];
