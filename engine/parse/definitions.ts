/** Reads a whole file: its catalogues and its processes. */
import type {
  ParsedDefinitions,
  ParsedMessage,
  ParsedProcess,
  ParsedRoot,
} from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { extensionOf } from './extensions.js';
import type { ModdleElement } from './moddle.js';
import { readProcess } from './process.js';
import { elementsOf, idOf, isA, textOf } from './properties.js';

/**
 * Reads the root of a file.
 *
 * Findings: BPMN_TARGET_NAMESPACE_MISSING and those of what it holds. Source: BPMN 2.0.2 §8.2.
 */
export function readDefinitions(root: ModdleElement, context: ParseContext): ParsedDefinitions {
  const targetNamespace = textOf(root, 'targetNamespace');
  const line = context.rootLine;
  if (targetNamespace === null) {
    context.report.add('BPMN_TARGET_NAMESPACE_MISSING', idOf(root), {}, line);
  }
  const roots = elementsOf(root, 'rootElements');
  const processes = roots.filter((one) => isA(one, 'Process'));
  return {
    id: idOf(root),
    line,
    targetNamespace,
    processes: processes
      .map((process) => readProcess(process, context))
      .filter((process): process is ParsedProcess => process !== null),
    messages: catalogue(roots, 'Message', (element, id) => readMessage(element, id, context)),
    signals: catalogue(roots, 'Signal', (element, id) => readRoot(element, id, null)),
    errors: catalogue(roots, 'Error', (element, id) => readRoot(element, id, 'errorCode')),
    escalations: catalogue(roots, 'Escalation', (element, id) =>
      readRoot(element, id, 'escalationCode'),
    ),
  };
}

/** Root elements of a type by id; one without id cannot be referenced and plays no part. */
function catalogue<T>(
  roots: readonly ModdleElement[],
  type: string,
  read: (element: ModdleElement, id: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    roots.flatMap((element): readonly (readonly [string, T])[] => {
      const id = isA(element, type) ? idOf(element) : null;
      return id === null ? [] : [[id, read(element, id)]];
    }),
  );
}

function readRoot(element: ModdleElement, id: string, code: string | null): ParsedRoot {
  return { id, name: textOf(element, 'name'), code: code && textOf(element, code) };
}

function readMessage(element: ModdleElement, id: string, context: ParseContext): ParsedMessage {
  const subscription = extensionOf(element, 'Subscription', context);
  return {
    id,
    name: textOf(element, 'name'),
    correlationKey: subscription && textOf(subscription, 'correlationKey'),
  };
}
