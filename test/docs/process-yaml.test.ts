/** docs/process-yaml.md names every key of the schema, with its type and default, and no other. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { PACKAGE } from '../../contracts/package.js';
import { readDescription } from '../../registry/index.js';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

const page = readFileSync('docs/process-yaml.md', 'utf8');
const schema = z.toJSONSchema(PACKAGE, { io: 'input' }) as Schema;

/** A text that only one of the patterns takes, of those not named before it, and what that stands for on the page. */
const PATTERNS: readonly (readonly [sample: string, type: string])[] = [
  ['a.b', 'id of an element'],
  ['new-customer', 'kebab-case'],
  ['2026-12-25', 'dates'],
  ['2026-12-25T10:00:00Z', 'instant'],
  ['_x', 'names of variables'],
  ['P30D', 'duration'],
];

const isTexts = ({ properties }: Schema): boolean =>
  JSON.stringify(Object.keys(properties ?? {})) === '["en","pt-BR"]';

function typeOf(one: Schema): string {
  if (isTexts(one)) return 'texts';
  if (one.enum) return `one of ${one.enum.join(', ')}`;
  if (one.pattern) {
    const pattern = new RegExp(one.pattern);
    return PATTERNS.find(([sample]) => pattern.test(sample))?.[1] ?? one.pattern;
  }
  if (one.type === 'integer') {
    const most = one.maximum === undefined || one.maximum > 1e9 ? '' : ` to ${one.maximum}`;
    return `whole number from ${one.minimum}${most}`;
  }
  if (one.type === 'array') {
    const items = one.items ?? {};
    if (items.properties) return 'list';
    return `list of ${typeOf(items).replace('whole number', 'whole numbers')}`;
  }
  if (one.type === 'object') return 'mapping';
  return { boolean: 'true or false', string: 'text' }[one.type ?? ''] ?? String(one.type);
}

type Row = readonly [key: string, type: string, fallback: string];

/** What stands in a key comes right after it; a mapping without a default that only holds others has no row. */
function rowsOf(one: Schema, path: string, isRequired: boolean): readonly Row[] {
  const fallback =
    one.default === undefined
      ? isRequired
        ? 'required'
        : 'optional'
      : `\`${JSON.stringify(one.default)}\``;
  const own: Row = [path, typeOf(one), fallback];
  if (isTexts(one)) return [own];
  const inner = Object.entries(one.properties ?? {}).flatMap(([key, child]) =>
    rowsOf(child, path === '' ? key : `${path}.${key}`, one.required?.includes(key) ?? false),
  );
  const others = typeof one.additionalProperties === 'object' ? one.additionalProperties : null;
  const each = one.items?.properties ? one.items : others;
  if (each !== null && isTexts(each)) return [[`${path}.*`, 'texts', fallback]];
  const nested =
    each?.properties === undefined
      ? []
      : Object.entries(each.properties).flatMap(([key, child]) =>
          rowsOf(child, `${path}.*.${key}`, each.required?.includes(key) ?? false),
        );
  const isOnlyPlace = path === '' || (inner.length > 0 && one.default === undefined);
  return isOnlyPlace ? inner : [own, ...inner, ...nested];
}

test('the page has a row for each key of the schema, and no other', () => {
  const rows = [...page.matchAll(/^\| `([\w.*]+)` \| ([^|]+) \| ([^|]+) \| [^|]*\|$/gm)].map(
    ([, key = '', type = '', fallback = '']): Row => [key, type, fallback],
  );
  expect(rows).toEqual(rowsOf(schema, '', true));
});

test('the example of the page is a description', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  expect(readDescription(example, 'process.yaml').findings).toEqual([]);
});
