/** Task types that nothing serves: the first instance would stop there at an incident. Class: pure. */
import { SIDE_EFFECT_TYPES } from '../../activities/side-effects.js';
import { type Finding, finding } from '../../engine/errors/index.js';
import { meant } from '../../registry/index.js';
import type { LintedPackage } from './package.js';

/** A type with a task queue is served by somebody else; one in FEEL is known when it is computed. */
export function unservedTypes({ processes }: LintedPackage): readonly Finding[] {
  return processes.flatMap(({ file, nodes }) =>
    nodes.flatMap(({ id, line, extensions: { taskDefinition, headers, properties } }) => {
      const type = taskDefinition?.type;
      if (type === undefined || type.startsWith('=') || SIDE_EFFECT_TYPES.includes(type)) return [];
      if (QUEUE in headers || QUEUE in properties) return [];
      const facts = { type, id, meant: meant(type, SIDE_EFFECT_TYPES) };
      return [{ ...finding('PACKAGE_TYPE_UNSERVED', id, facts), file, line }];
    }),
  );
}

const QUEUE = 'jornada:taskQueue';
