/**
 * What the modeler's fields of expressions complete: variables of the place, and the functions that our engine has, in place of
 * those of another one.
 */
import { FeelLanguageContext } from '@bpmn-io/properties-panel';
import { h } from '@bpmn-io/properties-panel/preact';
import type { Moddle } from '../timers/timer-model.js';
import type { FeelWords } from './completions.js';

type Component = (props: object) => unknown;
interface Group {
  readonly component?: Component;
}
interface Panel {
  readonly registerProvider: (priority: number, provider: object) => void;
}

/** After all others: what they made is wrapped. */
const LAST = 100;

/** Makes the module for a modeler. @param words - what is completed, asked for anew each time */
export function feelModule(words: FeelWords): object {
  const language = { parserDialect: 'camunda', builtins: words.functions() };
  const wrapped = new WeakMap<Component, Component>();
  const wrap = (component: Component): Component => {
    const known = wrapped.get(component);
    if (known) return known;
    const made: Component = (props) =>
      h(FeelLanguageContext.Provider, { value: language }, h(component as never, props));
    wrapped.set(component, made);
    return made;
  };
  function FeelProvider(panel: Panel): void {
    const getGroups = () => (groups: readonly (Group | null)[]) =>
      groups.map((group) =>
        group?.component ? { ...group, component: wrap(group.component) } : group,
      );
    panel.registerProvider(LAST, { getGroups });
  }
  FeelProvider.$inject = ['propertiesPanel'];
  const getVariablesForElement = async (element: Moddle) => words.variables(element);
  return {
    __init__: ['feelProvider'],
    feelProvider: ['type', FeelProvider],
    variableResolver: ['value', { getVariablesForElement }],
  };
}
