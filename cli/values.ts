/** Values as people write them on a command line. Errors: `ARGUMENT_INVALID`, exit 2. */
import { readFile } from 'node:fs/promises';
import { inexactNumberIn } from '../engine/expressions/index.js';
import type { Json, Variables } from '../engine/model/index.js';
import { misuse } from './engine-context.js';

/** `--variables`: a JSON object, or `@file` that holds one, or `@-` for standard input. Class: side effect (reads it). */
export async function readVariables(text: string | null): Promise<Variables> {
  if (text === null) return {};
  const source = text.startsWith('@') ? await readSource(text.slice(1)) : text;
  const value = parseJson(source);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw misuse(
      `a JSON object for --variables, such as '{"name": "Ada"}' or @file`,
      shown(source),
    );
  }
  return value as Variables;
}

async function readSource(file: string): Promise<string> {
  try {
    if (file !== '-') return await readFile(file, 'utf8');
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw misuse('a file with variables', detail);
  }
}

/** `name=value …`: a value that is JSON counts as JSON, any other as text. Class: pure. */
export function parseAssignments(texts: readonly string[]): Variables {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw misuse('name=value', `it is '${text}'`);
      return [text.slice(0, at), parseValue(text.slice(at + 1))] as const;
    }),
  );
}

/** A value: JSON, else the text itself. Class: pure. */
export function parseValue(text: string): Json {
  const value = parseJson(text);
  return value === undefined ? text : value;
}

/** A whole number above zero. Class: pure. */
export function parseCount(text: string, option: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw misuse(`a whole number from 1 to ${most} for ${option}`, `it is '${text}'`);
}

/** `90s`, `10m`, `24h`, `7d` ago, or a date or instant of ISO 8601: as an instant. Class: pure but for the clock. */
export function parseSince(text: string): string {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const isWritten = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text);
  const at = count
    ? Date.now() - Number(count) * (UNIT_MS[unit ?? ''] ?? 0)
    : isWritten
      ? Date.parse(text)
      : Number.NaN;
  if (Math.abs(at) <= LATEST_MS) return new Date(at).toISOString();
  throw misuse('90s, 10m, 24h, 7d, a date or an instant for --since', `it is '${text}'`);
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Of what a Date can hold. Source: ECMA-262 §21.4.1.1. */
const LATEST_MS = 8.64e15;

/** `field`, `field:desc`, several by comma. Class: pure. */
export function parseSort(text: string): { field: string; order: 'ASC' | 'DESC' }[] {
  return text.split(',').map((part) => {
    const [, field, direction = 'asc'] = /^(\w[\w -]*?)(?::(asc|desc))?$/i.exec(part.trim()) ?? [];
    if (!field) throw misuse('a field for --sort, such as dueAt or dueAt:desc', `it is '${part}'`);
    return { field, order: direction.toUpperCase() as 'ASC' | 'DESC' };
  });
}

function parseJson(text: string): Json | undefined {
  const value = parsed(text);
  const where = value === undefined ? null : inexactNumberIn(text);
  if (where === null) return value;
  const which = where === '' ? 'it' : `'${where}'`;
  throw misuse(
    'numbers that stay what they are',
    `${which} has too many digits: give it as a "text"`,
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const shown = (text: string): string =>
  `it is '${text.length > 80 ? `${text.slice(0, 79)}…` : text}'`;
