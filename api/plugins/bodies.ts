/**
 * Bodies as JSON: one meaning, or none. A name that is there twice, which each reader takes for another one, is refused, so
 * is what is nested deeper than anything that we ask for, and `__proto__`, which would be lost. So is a number that would become another
 * one: see docs/feel.md, "Numbers". Source: RFC 8259 §4 and §6.
 */
import type { FastifyInstance } from 'fastify';
import { isIllFormed } from '../../contracts/text.js';
import { inexactNumberIn } from '../../engine/expressions/index.js';
import { Problem } from '../problem.js';

const NUL_IN_PATH = /^[^?]*%00/;

/** Deeper than any body that we ask for. */
const DEEPEST = 32;

/** Adds it; texts of no form are no body, and no part of an address. */
export function addBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }) => {
    if (NUL_IN_PATH.test(url)) throw new Problem('NOT_FOUND');
  });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  const types = ['application/json', 'application/scim+json'];
  app.addContentTypeParser(types, { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body);
    try {
      done(null, text === '' ? undefined : parseJson(text));
    } catch (error) {
      if (error instanceof Problem) return done(error, undefined);
      done(Object.assign(new Error('not the JSON that is meant'), { statusCode: 400 }), undefined);
    }
  });
}

/** Parses it. @throws SyntaxError; `NUMBER_INEXACT`, with where. Class: pure. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') note(open.at(-1) ?? null, JSON.parse(last) as string);
    else last = token;
    if (open.length > DEEPEST) throw new SyntaxError('too deep');
  }
  if (isOdd(value)) throw new SyntaxError('a text that is none');
  const inexact = inexactNumberIn(text);
  if (inexact !== null) throw new Problem('NUMBER_INEXACT', { where: whereOf(inexact) });
  return value;
}

/** A path as it is told: names may be as long as the body. */
const whereOf = (path: string): string => (path === '' ? 'the body' : path.slice(0, MOST_OF_PATH));

const MOST_OF_PATH = 200;

/** No text of a database holds U+0000. */
const isOddText = (text: string): boolean => isIllFormed(text) || text.includes('\0');

/** Halves of characters become one and the same where they are kept. The value is no deeper than it may be. */
function isOdd(value: unknown): boolean {
  if (typeof value === 'string') return isOddText(value);
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, inner]) => isOddText(key) || isOdd(inner));
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

function note(names: Set<string> | null, name: string): void {
  if (!names || names.has(name) || name === '__proto__') throw new SyntaxError('an odd name');
  names.add(name);
}
