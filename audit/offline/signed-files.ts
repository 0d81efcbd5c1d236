/** The check of files that a signed manifest lists, whichever kind it says they are. Class: reads what it is given. */
import {
  CASE_FILES,
  type CaseSource,
  type CaseVerdict,
  caseVerdictLines,
  verifyCase,
} from '../case/index.js';
import {
  isRangeManifest,
  type RangeVerdict,
  rangeVerdictLines,
  verifyRange,
} from '../range/index.js';

/** What a check of such files comes to. */
export type SignedVerdict = CaseVerdict | RangeVerdict;

/** Checks a case file, or a range of the log. Errors: those of reading. @param kept - checkpoints that were kept elsewhere */
export async function verifySigned(
  source: CaseSource,
  kept: string | null,
): Promise<SignedVerdict> {
  const manifest = (await source.read(CASE_FILES.manifest)).toString('utf8');
  return isRangeManifest(manifest) ? verifyRange(source, kept) : verifyCase(source, kept);
}

/** The verdict in words. */
export const signedVerdictLines = (verdict: SignedVerdict): readonly string[] =>
  verdict.kind === 'range' ? rangeVerdictLines(verdict) : caseVerdictLines(verdict);
