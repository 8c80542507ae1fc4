import type { Dataset, File } from "jsfive";

/** A file of HDF5. What reads it is loaded with the first one. Throws where it is none. */
export async function openHdf5(bytes: Uint8Array): Promise<File> {
  const { File: Hdf5 } = await import("jsfive");
  const { buffer, byteOffset, byteLength } = bytes;
  const whole =
    byteOffset === 0 && byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  return new Hdf5(whole as ArrayBuffer);
}

/**
 * The numbers of an array, row by row. The reader makes a list of them one by one, some seconds for each ten million:
 * float32 in one piece, as weights are, are taken out of the file as they stand. Throws where they cannot be read.
 */
export function numbersIn(dataset: Dataset): readonly number[] | Float32Array {
  const { _dataobjects: objects, dtype, shape } = dataset;
  const at = dtype === "<f4" ? objects.find_msg_type(DATA_LAYOUT)[0]?.get("offset_to_message") : undefined;
  const [, , layout, place] = at === undefined ? [] : objects._get_data_message_properties(at);
  if (layout !== IN_ONE_PIECE || place === undefined) return dataset.value;
  const start = new DataView(objects.fh).getBigUint64(place, true);
  const length = 4 * shape.reduce((product, n) => product * n, 1);
  if (start + BigInt(length) > objects.fh.byteLength) return dataset.value;
  return new Float32Array(objects.fh.slice(Number(start), Number(start) + length));
}
/** Numbers of the format's: a message's type, and a class of layout. */
const DATA_LAYOUT = 8;
const IN_ONE_PIECE = 1;
