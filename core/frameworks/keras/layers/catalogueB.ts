import type { LayerDeclaration } from "../define.ts";
import { Add } from "./add.ts";
import { AdditiveAttention } from "./additiveAttention.ts";
import { Attention } from "./attention.ts";
import { Average } from "./average.ts";
import { Bidirectional } from "./bidirectional.ts";
import { CategoryEncoding } from "./categoryEncoding.ts";
import { Concatenate } from "./concatenate.ts";
import { ConvLSTM1D } from "./convLstm1d.ts";
import { ConvLSTM2D } from "./convLstm2d.ts";
import { ConvLSTM3D } from "./convLstm3d.ts";
import { Discretization } from "./discretization.ts";
import { Dot } from "./dot.ts";
import { GroupQueryAttention } from "./groupQueryAttention.ts";
import { GRU } from "./gru.ts";
import { GRUCell } from "./gruCell.ts";
import { HashedCrossing } from "./hashedCrossing.ts";
import { Hashing } from "./hashing.ts";
import { IntegerLookup } from "./integerLookup.ts";
import { LSTM } from "./lstm.ts";
import { LSTMCell } from "./lstmCell.ts";
import { Maximum } from "./maximum.ts";
import { MelSpectrogram } from "./melSpectrogram.ts";
import { Minimum } from "./minimum.ts";
import { MultiHeadAttention } from "./multiHeadAttention.ts";
import { Multiply } from "./multiply.ts";
import { Normalization } from "./normalization.ts";
import { Rescaling } from "./rescaling.ts";
import { RNN } from "./rnn.ts";
import { SimpleRNN } from "./simpleRnn.ts";
import { SimpleRNNCell } from "./simpleRnnCell.ts";
import { StackedRNNCells } from "./stackedRnnCells.ts";
import { STFTSpectrogram } from "./stftSpectrogram.ts";
import { StringLookup } from "./stringLookup.ts";
import { Subtract } from "./subtract.ts";
import { TextVectorization } from "./textVectorization.ts";
import { TimeDistributed } from "./timeDistributed.ts";

const merging = [Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract];
const recurrent = [SimpleRNN, LSTM, GRU, RNN, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, Bidirectional, TimeDistributed];
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

/** Layers of several tensors, recurrent layers, attention, wrappers and preprocessing. */
export const CATALOGUE_B: readonly LayerDeclaration[] = [
  ...merging,
  ...recurrent,
  ...cells,
  ...attention,
  ...categories,
  ...numbers,
];
