import type { Json } from '../model/index.js';

/** Whether two results are the same JSON; the order of entries does not count. Class: pure. */
export function isEqual(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [a, b] = [Object.entries(left), new Map<string, Json>(Object.entries(right))];
  return a.length === b.size && a.every(([key, value]) => isEqual(value, b.get(key) ?? null));
}
