/** What a case file holds of the log: entries, proofs that each is in it, personal parts. Class: pure. */
import { CASE_FILES, proofText } from '../audit/case/index.js';
import {
  anchorOf,
  type Entry,
  entryText,
  type FoundEntry,
  inclusionProofs,
  personalText,
  replacementOf,
} from '../audit/index.js';

/** Files of the log by name, and up to which entry each journal is anchored. */
export interface LogParts {
  readonly texts: readonly (readonly [name: string, text: string])[];
  readonly anchored: ReadonlyMap<string, number>;
}

/** Makes them. @param leaves - hashes of all entries that the checkpoint covers */
export function logParts(found: readonly FoundEntry[], leaves: readonly Buffer[]): LogParts {
  const entries = found.flatMap(({ entry }) => entry ?? []);
  const proofs = inclusionProofs(
    leaves,
    entries.map(({ number }) => number - 1),
  );
  const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
  const parts = found.flatMap(({ entry, personal }) =>
    entry && personal && typeof personal !== 'string' ? [personalText(entry.number, personal)] : [],
  );
  return {
    texts: [
      [CASE_FILES.entries, lines(entries.map(entryText))],
      [
        CASE_FILES.proofs,
        lines(entries.map(({ number }, at) => proofText(number, proofs[at] ?? []))),
      ],
      [CASE_FILES.personal, lines(parts)],
    ],
    anchored: anchoredIn(entries),
  };
}

/** The last anchor of each journal that no replaced end has made void. */
function anchoredIn(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const anchors = new Map<string, readonly number[]>();
  for (const entry of entries) {
    const anchor = anchorOf(entry);
    const replaced = replacementOf(entry);
    if (anchor) {
      const before = anchors.get(anchor.instanceId) ?? [];
      anchors.set(anchor.instanceId, [...before, anchor.sequence]);
    }
    if (replaced) {
      const left = (anchors.get(replaced.instanceId) ?? []).filter((at) => at < replaced.from);
      anchors.set(replaced.instanceId, left);
    }
  }
  return new Map([...anchors].map(([id, all]) => [id, all.at(-1) ?? 0]));
}
