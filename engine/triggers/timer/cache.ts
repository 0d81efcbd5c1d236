/**
 * Makes a bounded memory of what was computed for a text; the oldest entry goes when it is full. It only
 * saves time: with or without it the answers are the same.
 *
 * @param limit - entries at most
 * @returns `(text, compute) → value`; `compute` runs when the text is not known
 * Class: pure seen from outside.
 */
export function createCache<T>(limit: number): (text: string, compute: () => T) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text, compute) => {
    const hit = known.get(text);
    if (hit) return hit.value;
    const value = compute();
    const oldest = known.keys().next();
    if (known.size >= limit && !oldest.done) known.delete(oldest.value);
    known.set(text, { value });
    return value;
  };
}
