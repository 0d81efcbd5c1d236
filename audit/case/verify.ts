/**
 * The check of a case file. It trusts nothing but the key: every file is as it was signed, every entry is in the log that
 * the checkpoint is of, and every journal is as the log anchored it. Class: reads what it is given.
 */
import { parseCheckpoint, type SignedCheckpoint, splitNotes } from '../checkpoint.js';
import { keyAt } from '../keys.js';
import { isSignedBy, keyText } from '../note.js';
import { newPass, type Pass } from '../verify/entries.js';
import { checkDefinitions } from './definitions.js';
import { checkAccess, checkCaseCertificates } from './evidence.js';
import {
  type CaseCheck,
  type CaseFinding,
  type CaseSource,
  checkFiles,
  readSigned,
} from './files.js';
import { CASE_FILES, type CaseManifest, parseManifest } from './format.js';
import { checkCaseJournals } from './journals.js';
import { signerOfDetached } from './jws.js';
import { checkProvenEntries } from './proven.js';

/** The answer: sound when nothing was found. */
export interface CaseVerdict {
  readonly kind: 'case';
  readonly isSound: boolean;
  readonly findings: readonly CaseFinding[];
  /** Null where no manifest says so. */
  readonly caseId: string | null;
  readonly processId: string | null;
  readonly madeAt: string | null;
  readonly origin: string | null;
  readonly checked: {
    readonly files: number;
    readonly entries: number;
    readonly personal: number;
    readonly erased: number;
    readonly journals: { readonly instances: number; readonly entries: number };
    readonly definitions: number;
    /** Of accesses. */
    readonly evidence: number;
    /** Of deletion. */
    readonly certificates: number;
    /** Whether a checkpoint of the same size was kept elsewhere, and is the same; null: none was given. */
    readonly compared: boolean | null;
  };
}

/**
 * Checks all of it. Errors: those of reading.
 *
 * @param kept - checkpoints that were kept elsewhere; one of the same size has to be the one that is here
 */
export async function verifyCase(
  { names, read }: CaseSource,
  kept: string | null = null,
): Promise<CaseVerdict> {
  const { check, hashes } = await readSigned({ names, read });
  const { texts, findings } = check;
  const manifest = parseManifest(texts.get(CASE_FILES.manifest) ?? '');
  if (!manifest) check.tell(CASE_FILES.manifest, 'it is not as a manifest is written');
  if (manifest) checkFiles(check, manifest.files, hashes);
  const pass = newPass();
  const checkpoint = readCheckpoint(check);
  const entries = checkProvenEntries(check, pass, checkpoint);
  checkKeys(check, pass, checkpoint, manifest);
  const compared = kept === null ? null : checkKept(check, checkpoint, kept);
  const journals = await checkCaseJournals(check, pass);
  const definitions = checkDefinitions(check);
  const certificates = checkCaseCertificates(check, pass);
  const evidence = checkAccess(check);
  for (const { what, why } of pass.findings) check.tell(what, why);
  return {
    kind: 'case',
    isSound: findings.length === 0,
    findings,
    caseId: manifest?.caseId ?? null,
    processId: manifest?.processId ?? null,
    madeAt: manifest?.madeAt ?? null,
    origin: checkpoint?.origin ?? null,
    checked: {
      files: manifest?.files.length ?? 0,
      ...{ entries, personal: pass.personal, erased: pass.erased },
      ...{ journals, definitions, certificates, evidence, compared },
    },
  };
}

/** Of a log that went on, only the checkpoint of the same size tells something of this one. */
function checkKept(
  { tell }: CaseCheck,
  checkpoint: SignedCheckpoint | null,
  kept: string,
): boolean {
  const same = splitNotes(kept)
    .map(parseCheckpoint)
    .find((one) => one?.size === checkpoint?.size && one?.origin === checkpoint?.origin);
  if (!same) return false;
  if (checkpoint && same.root.equals(checkpoint.root)) return true;
  tell(CASE_FILES.checkpoint, 'it is not the one that was kept elsewhere');
  return false;
}

function readCheckpoint({ texts, tell }: CaseCheck): SignedCheckpoint | null {
  const checkpoint = parseCheckpoint(texts.get(CASE_FILES.checkpoint) ?? '');
  if (!checkpoint) tell(CASE_FILES.checkpoint, 'it is no checkpoint');
  return checkpoint;
}

/** The first key is the one that was kept, and the checkpoint and the manifest are signed by the key of their time. */
function checkKeys(
  { texts, tell }: CaseCheck,
  { terms }: Pass,
  checkpoint: SignedCheckpoint | null,
  manifest: CaseManifest | null,
): void {
  const [first] = terms;
  if (!first || `${keyText(first.key)}\n` !== texts.get(CASE_FILES.publicKey)) {
    tell(CASE_FILES.publicKey, 'it is not the first key of the log');
  }
  const key = checkpoint && keyAt(terms, checkpoint.size);
  if (checkpoint && (!key || !isSignedBy(checkpoint.note, key))) {
    tell(CASE_FILES.checkpoint, 'no key of the log signed it as it is');
  }
  if (!manifest) return;
  const text = texts.get(CASE_FILES.manifest) ?? '';
  const signer = signerOfDetached(texts.get(CASE_FILES.signature) ?? '', text);
  if (!key || signer !== keyText(key)) {
    tell(CASE_FILES.signature, 'the key of the log did not sign the manifest as it is');
  }
  if (manifest.size !== checkpoint?.size || manifest.origin !== checkpoint.origin) {
    tell(CASE_FILES.manifest, 'it names another checkpoint');
  }
}
