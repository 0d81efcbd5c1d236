/** Which processes a file calls by a name that is known before a run. Class: pure. */
import type { ParsedDefinitions, ParsedNode, ParsedScope } from '../model/index.js';
import { computed } from '../triggers/index.js';

/** What a call activity names, as written; null where it names nothing or is no call. */
export function targetOf({ tag, extensions, calledElement }: ParsedNode): string | null {
  return tag === 'callActivity' ? (extensions.calledElement?.processId ?? calledElement) : null;
}

/** A process id that is known before a run: a text, or a FEEL string literal. */
export function literalTarget(text: string): string | null {
  const target = computed(text);
  if ('value' in target) return text.trim();
  return /^"([^"\\]*)"$/.exec(target.feel)?.[1] ?? null;
}

/** The ids of the processes that the executable processes of a file call. */
export function calledProcesses({ processes }: ParsedDefinitions): readonly string[] {
  const called = processes
    .filter(({ isExecutable }) => isExecutable)
    .flatMap(({ content }) => targetsIn(content));
  return [...new Set(called)];
}

function targetsIn({ nodes }: ParsedScope): readonly string[] {
  return nodes.flatMap((node) => {
    const text = targetOf(node);
    const literal = text === null ? null : literalTarget(text);
    return [
      ...(literal === null ? [] : [literal]),
      ...(node.content ? targetsIn(node.content) : []),
    ];
  });
}
