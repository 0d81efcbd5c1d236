/** How states are called. */
import { useTexts } from '../../texts/texts.js';
import { INSTANCES_TEXTS } from './texts.js';

const STATE_COLOURS: Readonly<Record<string, string>> = {
  ACTIVE: 'jornada',
  SUSPENDED: 'violet.8',
  COMPLETED: 'teal.9',
  TERMINATED: 'gray.7',
};

/** A state of an instance, in words, and its colour. */
export function useStateName(): (state: string) => {
  readonly text: string;
  readonly color: string;
} {
  const say = useTexts(INSTANCES_TEXTS);
  return (state) => ({
    text: say(`state_${state}` as 'state_ACTIVE'),
    color: STATE_COLOURS[state] ?? 'gray.7',
  });
}
