/** What a payload may have, with room for encryption: one of 2 MiB would end the instance. */
export const MOST_PAYLOAD_BYTES = 1_800_000;

/** About how many bytes a JSON value takes as UTF-8 text; texts beyond ASCII count threefold. Class: pure. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return bytesOf(value) + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (const item of value) bytes += sizeOf(item) + 1;
    return bytes;
  }
  for (const [key, item] of Object.entries(value)) bytes += bytesOf(key) + 4 + sizeOf(item);
  return bytes;
}

const bytesOf = (text: string): number =>
  /[^\u0020-\u007e]/.test(text) ? text.length * 3 : text.length;
