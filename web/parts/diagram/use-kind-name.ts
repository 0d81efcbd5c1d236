import { useLocale } from '../../texts/texts.js';
import { kindNameIn } from './kinds.js';

/** Names of kinds of elements in the language of whoever reads. */
export function useKindName(): (kind: string) => string {
  const locale = useLocale();
  return (kind) => kindNameIn(locale, kind);
}
