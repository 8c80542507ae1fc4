import type { File } from "jsfive";

/** A file of HDF5. What reads it is loaded with the first one. Throws where it is none. */
export async function openHdf5(bytes: Uint8Array): Promise<File> {
  const { File: Hdf5 } = await import("jsfive");
  const { buffer, byteOffset, byteLength } = bytes;
  const whole =
    byteOffset === 0 && byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  return new Hdf5(whole as ArrayBuffer);
}
