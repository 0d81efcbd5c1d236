/**
 * Keeps what `make` computed, by key, for at most `limit` keys; the oldest goes first. The result of
 * `make` must depend on its key alone. Class: pure but for the memory it holds.
 */
export function cached<K extends string | number, V>(
  limit: number,
  make: (key: K) => V,
): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    if (kept.size >= limit) kept.delete(kept.keys().next().value as K);
    kept.set(key, value);
    return value;
  };
}
