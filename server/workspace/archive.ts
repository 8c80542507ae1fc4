import { unzipSync } from "fflate";

/** The entries of a zip with these names, or all; throws where one is damaged, as Python's `zipfile` does. */
export function unzipped(bytes: Uint8Array, isWanted = (_name: string): boolean => true): Record<string, Uint8Array> {
  const checks = checksIn(bytes);
  const expected = new Map<string, number | undefined>();
  const filter = ({ name }: { readonly name: string }): boolean => {
    // fflate goes over the directory in its order, and asks for each entry.
    const check = checks.next().value;
    if (!isWanted(name)) return false;
    expected.set(name, check);
    return true;
  };
  const entries = unzipSync(bytes, { filter });
  for (const [name, content] of Object.entries(entries))
    if (crc32(content) !== expected.get(name)) throw new Error(`its checksum of ${name} does not hold`);
  return entries;
}

const [END, ENTRY] = [0x06054b50, 0x02014b50];
/** What the directory at the end of a zip says of the contents: fflate does not hold them to it. */
function* checksIn(bytes: Uint8Array): Generator<number, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) return undefined;
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY) {
    yield view.getUint32(at + 16, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return undefined;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let i = 0; i < 8; i++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});
/** The check of zip, gzip and PNG. Node has it from version 22 on, browsers have not. */
export function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) rest = (rest >>> 8) ^ (TABLE[(rest ^ (bytes[i] ?? 0)) & 255] ?? 0);
  return ~rest >>> 0;
}
