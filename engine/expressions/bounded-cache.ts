/**
 * Keeps what `make` computed, by key, for at most `limit` keys; the oldest goes first. The result of
 * `make` must depend on its key alone. Class: pure but for the memory it holds.
 */
export function cached<V>(limit: number, make: (key: string) => V): (key: string) => V {
  const kept = new Map<string, V>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    if (kept.size >= limit) kept.delete(kept.keys().next().value as string);
    kept.set(key, value);
    return value;
  };
}
