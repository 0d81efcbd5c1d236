import type { ElementDefinition, FlowNodeBase } from '../model/index.js';

/** Declares an element; checks the types of its facets where it is written. Class: pure. */
export function defineElement<N extends FlowNodeBase>(
  definition: ElementDefinition<N>,
): ElementDefinition<N> {
  return definition;
}
