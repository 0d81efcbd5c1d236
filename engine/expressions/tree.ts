/**
 * Reads a source into a syntax tree of plain nodes, within limits that keep the parser quick.
 * Class: pure. Source: DMN 1.5 §10.3.1.
 */
import { parseExpression, parseUnaryTests } from './feelin.js';
import { LIMITS } from './limits.js';
import { excerpt, type Place, problem } from './problems.js';
import type { ExpressionKind, ExpressionProblem } from './types.js';

/** A node of the syntax tree; names are those of lezer-feel's grammar, tokens included. */
export interface Node extends Place {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Node[];
  /** How deep the tree is below it, itself included. */
  readonly depth: number;
  /** How many nodes it has, itself included. */
  readonly size: number;
}

/** What reading gives: a tree, or the problem that there is none. */
export type Reading =
  | { readonly tree: Node; readonly problem: null }
  | { readonly tree: null; readonly problem: ExpressionProblem };

/** Names that contain a keyword parse only if the parser is told of them. */
const NAMES_WITH_KEYWORDS = { 'get or else': null, 'is defined': null };

/**
 * Reads a source, in Camunda's dialect: a name in back-ticks may hold any character.
 * Problems: `FEEL_REJECTED` (too large), `FEEL_SYNTAX` with its place.
 */
export function read(source: string, kind: ExpressionKind): Reading {
  const early = tooLarge(source) ?? unreadable(source);
  if (early) return { tree: null, problem: early };
  const parse = kind === 'expression' ? parseExpression : parseUnaryTests;
  const parsed = parse(source, NAMES_WITH_KEYWORDS, 'camunda');
  const open: { name: string; from: number; to: number; children: Node[] }[] = [];
  const roots: Node[] = [];
  const errors: Place[] = [];
  parsed.iterate({
    enter: ({ type, name, from, to }) => {
      if (type.isError) errors.push({ from, to });
      if (type.isError || type.isSkipped) return false;
      open.push({ name, from, to, children: [] });
      return true;
    },
    leave: ({ type }) => {
      if (type.isError || type.isSkipped) return;
      const node = open.pop();
      if (node) (open.at(-1)?.children ?? roots).push(closed(node, source));
    },
  });
  const [tree] = roots;
  const [error] = errors;
  if (!tree || error) return { tree: null, problem: unexpected(source, error?.from ?? 0) };
  if (tree.depth > LIMITS.treeDepth) {
    return rejected(source, `it is nested more than ${LIMITS.treeDepth} deep`);
  }
  return { tree, problem: null };
}

function closed(node: Place & { name: string; children: Node[] }, source: string): Node {
  const { name, from, to, children } = node;
  let depth = 0;
  let size = 1;
  for (const child of children) {
    depth = Math.max(depth, child.depth);
    size += child.size;
  }
  return { name, from, to, children, text: source.slice(from, to), depth: depth + 1, size };
}

function rejected(source: string, reason: string): Reading & { tree: null } {
  const place = { from: 0, to: source.length };
  return { tree: null, problem: problem(place, 'FEEL_REJECTED', { reason }) };
}

function tooLarge(source: string): ExpressionProblem | null {
  if (source.length > LIMITS.sourceLength) {
    const reason = `it has ${source.length} characters, and ${LIMITS.sourceLength} are allowed`;
    return rejected(source, reason).problem;
  }
  return null;
}

function unexpected(source: string, from: number): ExpressionProblem {
  const rest = source.slice(from).trim();
  const reason = rest === '' ? 'it is incomplete' : `'${excerpt(rest)}' is unexpected`;
  const facts = { reason, position: from + 1, source: excerpt(source) };
  return problem({ from, to: source.length }, 'FEEL_SYNTAX', facts);
}

/** Strings and comments first, then what FEEL never uses, then brackets. */
const TOKENS =
  /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|(?<bad>["`;~#%&|\\]|!(?!=))|(?<open>[([{])|(?<close>[)\]}])/g;

/**
 * The parser's recovery from errors is slow on long rubbish, and its nesting is unbounded: what no
 * FEEL expression holds is refused before it runs.
 */
function unreadable(source: string): ExpressionProblem | null {
  let depth = 0;
  for (const { index, groups } of source.matchAll(TOKENS)) {
    if (groups?.bad) return unexpected(source, index);
    if (groups?.close && depth > 0) depth -= 1;
    if (groups?.open) depth += 1;
    if (depth > LIMITS.bracketDepth) {
      return rejected(source, `its brackets are nested more than ${LIMITS.bracketDepth} deep`)
        .problem;
    }
  }
  return null;
}
