/** Names of variables that a model writes can be read by FEEL, and harm nothing. Source: DMN 1.5 §10.3.1.2; S93, S94. */
import { finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import type { Rule } from '../rule.js';

const NAME = /^[\p{L}_$?][\p{L}\p{N}\p{M}_$?']*$/u;
const KEYWORDS: ReadonlySet<string> = new Set(
  'null true false function if then else for in return some every satisfies between instance of and or not'.split(
    ' ',
  ),
);

/** Why a path of names cannot be written to, or null. */
function problemOf(target: string): string | null {
  for (const name of target.trim().split('.')) {
    if (name in Object.prototype || name === 'prototype') return `uses the reserved name '${name}'`;
    if (KEYWORDS.has(name)) return `uses the keyword '${name}'`;
    if (!NAME.test(name)) return `has '${name}', which is no name`;
  }
  return null;
}

interface Written {
  readonly place: string;
  readonly target: string | null | undefined;
  /** Whether it is a name alone, and no path. */
  readonly isName?: boolean;
}

function written({ extensions, loop }: ParsedNode): readonly Written[] {
  const { inputs, outputs, script, calledDecision, properties } = extensions;
  const results = [
    script?.resultVariable,
    calledDecision?.resultVariable,
    properties['jornada:resultVariable'],
    properties['jornada:completedBy'],
    properties['jornada:startedBy'],
  ];
  const multi = loop?.kind === 'multiInstance' ? loop : null;
  return [
    ...inputs.map(({ target }) => ({ place: 'input', target })),
    ...outputs.map(({ target }) => ({ place: 'output', target })),
    ...results.map((target) => ({ place: 'result variable', target, isName: true })),
    { place: 'input element', target: multi?.inputElement, isName: true },
    { place: 'output collection', target: multi?.outputCollection, isName: true },
  ];
}

/** Findings: BPMN_MAPPING_TARGET. */
export const variableNames: Rule = {
  node: (node) =>
    written(node).flatMap(({ place, target, isName }) => {
      if (target == null) return [];
      const isPath = isName === true && target.includes('.');
      const detail = isPath ? 'is a path, where one name is needed' : problemOf(target);
      if (detail === null) return [];
      return [finding('BPMN_MAPPING_TARGET', node.id, { place, id: node.id, target, detail })];
    }),
};
