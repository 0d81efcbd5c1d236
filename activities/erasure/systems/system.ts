/** A place where something of a customer is: how much there is, how it is erased, and how one sees that it is gone. */
import type { Counts, Residue } from '../../../store/erasure/index.js';
import type { SideEffectDeps } from '../../side-effect.js';
import type { Subject } from '../subject.js';

/** What is kept beyond the erasure of a class of records. */
export interface Retained {
  readonly class: string;
  readonly law: string;
  /** LocalDate. */
  readonly until: string;
}

/** What erasing is told. */
export interface Erasing {
  readonly deps: SideEffectDeps;
  readonly subject: Subject;
  readonly retained: readonly Retained[];
}

/** One place. Every function may be called again, whatever became of the call before. */
export interface ErasedSystem {
  /** Its name. */
  readonly id: string;
  /** Kind of store, by which the package's decision chooses the method. */
  readonly store: 'tables' | 'histories' | 'objects' | 'log' | 'analytics' | 'media';
  /** What is to be erased, by class of records. */
  readonly count: (erasing: Erasing) => Promise<Readonly<Record<string, number>>>;
  /** Erases. @returns what is kept, by class, where something is */
  readonly erase: (erasing: Erasing) => Promise<readonly Counts[] | null>;
  /** What is left, looked for afterwards; docs/erasure.md says how in each place, and where that is how it was erased. */
  readonly residue: (erasing: Erasing) => Promise<readonly Residue[]>;
}
