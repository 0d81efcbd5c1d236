/** Short texts as bytes of some size: each hand-over costs, and a line is little. Class: pure. */
const ENOUGH = 64 * 1024;

/** Joins texts until there is enough of them. */
export async function* batched(
  texts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Buffer> {
  let held: string[] = [];
  let length = 0;
  for await (const text of texts) {
    held.push(text);
    length += text.length;
    if (length < ENOUGH) continue;
    yield Buffer.from(held.join(''), 'utf8');
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(held.join(''), 'utf8');
}
