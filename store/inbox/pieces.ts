/** Bytes in pieces of one size. Class: pure. */

/** Bytes of a piece of a file: divisible by three, so that Base64 of pieces, one behind the other, is Base64 of the file. */
export const PIECE_BYTES = 192 * 1024;

/** Cuts bytes anew: pieces of a size, and one last that is shorter; nothing where there is nothing. */
export async function* piecesOf(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const part of bytes) {
    held.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    length += part.byteLength;
    if (length < size) continue;
    const all = Buffer.concat(held, length);
    let at = 0;
    for (; all.length - at >= size; at += size) yield all.subarray(at, at + size);
    held = [all.subarray(at)];
    length = all.length - at;
  }
  if (length > 0) yield Buffer.concat(held, length);
}
