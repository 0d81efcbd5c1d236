/**
 * Link: the token jumps from a throw to the one catch of the same name on its level. Source: BPMN 2.0.2
 * §10.5.5, S33.
 */
import { GONE, LEAVE, type TriggerDefinition } from './trigger.js';

export const link: TriggerDefinition<'link'> = {
  kind: 'link',
  compile: ({ name }, { scope }) => {
    const isCatch = ({ tag }: { readonly tag: string }): boolean =>
      tag === 'intermediateCatchEvent';
    const target = scope.nodes.find(
      (node) =>
        isCatch(node) &&
        node.triggers.some((other) => other.kind === 'link' && other.name === name),
    );
    return { kind: 'link', name: name ?? '', targetId: target?.id ?? null };
  },
  onThrow: ({ targetId }, activation) => {
    if (targetId === null) return LEAVE;
    activation.jump(targetId);
    return GONE;
  },
};
