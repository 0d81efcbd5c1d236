/** Where what is active in an instance goes in another version: by the same id, unless somebody says otherwise. Class: pure. */
import type { WholeInstance } from '../instances-api.js';
import type { VersionElement } from './elements.js';

/** What somebody chose, by the id it has before. */
export type Choices = Readonly<Record<string, string>>;

/** Something of the version that an instance runs which has to have its place in the other. */
export interface Place {
  readonly element: VersionElement;
  /** A token is there; else it is an event that is waited for, which may be let go. */
  readonly hasToken: boolean;
  /** Elements of the other version that are the same kind of thing. */
  readonly targets: readonly VersionElement[];
  /** Where it goes; null: nowhere so far. */
  readonly target: string | null;
}

/** All of them: first where tokens are, then events that are waited for. */
export function placesOf(
  { outline, timers, waits }: Pick<WholeInstance, 'outline' | 'timers' | 'waits'>,
  before: readonly VersionElement[],
  after: readonly VersionElement[],
  choices: Choices,
): readonly Place[] {
  const isActive = ({ mark }: WholeInstance['outline'][number]): boolean =>
    mark === 'active' || mark === 'incident';
  const tokens = outline.filter(isActive).map(({ elementId }) => elementId);
  const awaited = [...timers, ...waits].flatMap(({ elementId }) => elementId ?? []);
  const ids = [...new Set([...tokens, ...awaited])];
  return ids.flatMap((id) => {
    const element = before.find(({ elementId }) => elementId === id);
    if (element === undefined) return [];
    const targets = after.filter(({ likeness }) => likeness === element.likeness);
    const same = targets.some(({ elementId }) => elementId === id) ? id : null;
    const hasToken = tokens.includes(id);
    return [{ element, hasToken, targets, target: choices[id] ?? same }];
  });
}

/** What the server is told: those that are called otherwise there. */
export const instructionsOf = (
  places: readonly Place[],
): readonly { readonly sourceElementId: string; readonly targetElementId: string }[] =>
  places.flatMap(({ element: { elementId: sourceElementId }, target }) =>
    target === null || target === sourceElementId
      ? []
      : [{ sourceElementId, targetElementId: target }],
  );
