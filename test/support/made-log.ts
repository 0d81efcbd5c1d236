/** Logs that are made in memory by chance, from a seed: acts, personal parts, journals, erasures, new keys, checkpoints. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ANCHOR_ACTION,
  anchorFacts,
  CERTIFICATE_ACTION,
  type CertificateFields,
  canonicalJson,
  certificateHash,
  certificateText,
  checkpointText,
  commitmentTo,
  commitmentUnder,
  type Entry,
  ERASED_ACTION,
  entryHash,
  entryText,
  type FoundEntry,
  firstKeyFacts,
  grow,
  type JournalRecord,
  journalDigest,
  KEY_ACTION,
  keyText,
  type LogSource,
  NO_JOURNAL,
  NO_PEAKS,
  type NoteKey,
  nextKeyFacts,
  noteHash,
  noteKey,
  type PersonalPart,
  REPLACED_ACTION,
  rootOf,
  signNote,
} from '../../audit/index.js';
import { EXPORT_FILES, personalText } from '../../audit/offline/index.js';

const ORIGIN = 'jornada/made';
const AT = '2026-03-02T12:00:00.000Z';

/** Whole numbers by chance, below a limit. */
export type Chance = (below: number) => number;

/** Chance from a seed. Source: mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

interface Signing {
  readonly key: NoteKey;
  readonly privateKey: KeyObject;
}

/** Making keys takes longer than all the rest. */
const KEYS: readonly Signing[] = Array.from({ length: 3 }, () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { key: noteKey(ORIGIN, publicKey), privateKey };
});

/** A log as it grows. */
export class MadeLog {
  readonly entries: Entry[] = [];
  readonly parts = new Map<number, PersonalPart>();
  readonly notes: string[] = [];
  readonly journals = new Map<string, JournalRecord[]>();
  readonly certificates: CertificateFields[] = [];
  #signing = 0;
  #covered = 0;

  constructor(readonly chance: Chance) {
    const [first] = KEYS;
    if (first) this.add({ action: KEY_ACTION, facts: firstKeyFacts(first.key) });
  }

  add(changes: Partial<Entry>, part: PersonalPart | null = null): void {
    const number = this.entries.length + 1;
    const body = { at: AT, actor: null, action: 'act', object: 'task:é/"1"', outcome: 'done' };
    const rest = { code: null, requestId: null, facts: null, ...changes };
    // every other one as entries of before: they hold the hash alone
    const commit = number % 2 === 0 ? commitmentTo : commitmentUnder.bind(null, null);
    this.entries.push({ ...body, ...rest, number, personal: part && commit(part) });
    if (part) this.parts.set(number, part);
  }

  act(): void {
    const { chance } = this;
    const salt = Buffer.from(Array.from({ length: 16 }, () => chance(256)));
    const reason = chance(2) ? `because ${chance(1_000)} – "ü"\n` : null;
    const data = chance(2) ? { amount: chance(1_000) / 7, tags: ['x', null, true] } : null;
    this.add({ actor: 'ana' }, chance(3) ? { reason, data, salt } : null);
  }

  erase(): void {
    const numbers = [...this.parts.keys()];
    const number = numbers[this.chance(numbers.length || 1)];
    if (number === undefined) return;
    this.parts.delete(number);
    this.add({ action: ERASED_ACTION, object: `audit:${number}` });
  }

  rotate(): void {
    const [now, next] = [KEYS[this.#signing], KEYS[this.#signing + 1]];
    if (!now || !next) return;
    this.add({ action: KEY_ACTION, facts: nextKeyFacts(next.key, now.key, now.privateKey) });
    this.#signing += 1;
  }

  journal(): void {
    const instanceId = `i-${this.chance(4)}`;
    const records = this.journals.get(instanceId) ?? [];
    this.journals.set(instanceId, records);
    if (records.length > 2 && this.chance(4) === 0) {
      const from = 1 + this.chance(records.length);
      records.splice(from - 1);
      const object = `instance:${instanceId}`;
      this.add({ action: REPLACED_ACTION, object, facts: { from, to: 9, after: 0, fence: 1 } });
    }
    for (let n = this.chance(4) + 1; n > 0; n -= 1) {
      const sequence = records.length + 1;
      const place = { elementId: null, elementInstanceId: null, scopeId: null, cause: null };
      const value = this.chance(1_000);
      const isSealed = value % 2 === 0;
      const sealed = isSealed ? createHash('sha256').update(`sealed ${value}`).digest('hex') : null;
      const data = isSealed ? null : { value };
      const rest = { kind: 'jobCompleted', actor: null, rule: null, data, sealed };
      records.push({ instanceId, sequence, at: AT, ...place, ...rest });
    }
    const digest = records.reduce(journalDigest, NO_JOURNAL).toString('hex');
    const facts = anchorFacts({ sequence: records.length, digest });
    this.add({ action: ANCHOR_ACTION, object: `instance:${instanceId}`, facts });
  }

  /** A certificate of deletion, of which an entry tells. */
  certify(): void {
    const signing = KEYS[this.#signing];
    const before = this.certificates.at(-1);
    if (!signing) return;
    const number = this.certificates.length + 1;
    const previousHash = before ? certificateHash(before) : null;
    const counts = { 'record.contacts': this.chance(9) };
    const fields = { number, previousHash, countsBefore: counts, signedBy: keyText(signing.key) };
    const text = certificateText(fields);
    const signature = sign(null, Buffer.from(text), signing.privateKey).toString('base64');
    const certificate = { ...fields, signature };
    this.certificates.push(certificate);
    const facts = { hash: certificateHash(certificate), number };
    this.add({ action: CERTIFICATE_ACTION, object: `certificate:${number}`, facts });
  }

  checkpoint(): void {
    const signing = KEYS[this.#signing];
    const size = this.entries.length;
    if (!signing || size === this.#covered) return;
    const root = rootOf(grow(NO_PEAKS, this.entries.map(entryHash)));
    const before = this.notes.at(-1);
    const previous = before === undefined ? null : noteHash(before);
    const text = checkpointText({ origin: ORIGIN, size, root, at: AT, previous });
    this.notes.push(signNote(text, signing.key, signing.privateKey));
    this.#covered = size;
  }

  /** The same checkpoint, signed by the key of that number. */
  resigned(whole: string, number: number): string {
    const signing = KEYS[number];
    const text = whole.slice(0, whole.indexOf('\n\n') + 1);
    return signing ? signNote(text, signing.key, signing.privateKey) : whole;
  }

  /** What a check is given. */
  source(changes: Partial<LogSource> = {}): LogSource {
    return {
      entries: () => this.#found(),
      size: () => this.entries.length,
      checkpoints: { place: 'the store', text: this.notes.join('') },
      kept: [],
      journals: () => each([...this.journals.values()].flat()),
      certificates: async () => this.certificates,
      publicKey: this.publicKey,
      ...changes,
    };
  }

  get publicKey(): string {
    const [first] = KEYS;
    return first ? keyText(first.key) : '';
  }

  #found(): AsyncGenerator<FoundEntry> {
    return each(
      this.entries.map((entry) => ({
        entry,
        hash: entryHash(entry),
        personal: this.parts.get(entry.number) ?? null,
      })),
    );
  }

  /** The files of its export. */
  files(): Readonly<Record<string, string>> {
    const parts = [...this.parts].sort(([a], [b]) => a - b);
    return {
      [EXPORT_FILES.entries]: this.entries.map((entry) => `${entryText(entry)}\n`).join(''),
      [EXPORT_FILES.personal]: parts.map(([n, part]) => `${personalText(n, part)}\n`).join(''),
      [EXPORT_FILES.checkpoints]: this.notes.join(''),
      [EXPORT_FILES.publicKey]: `${this.publicKey}\n`,
      [EXPORT_FILES.certificates]: this.certificates
        .map((one) => `${canonicalJson(one)}\n`)
        .join(''),
    };
  }

  /** Writes them. */
  exportTo(folder: string): void {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(this.files()))
      writeFileSync(join(folder, name), text);
  }
}

/** A log of so many steps by chance, all of it covered by checkpoints. */
export function madeLog(seed: number, steps: number): MadeLog {
  const chance = chanceOf(seed);
  const log = new MadeLog(chance);
  for (let step = 0; step < steps; step += 1) {
    const kind = chance(20);
    if (kind < 11) log.act();
    else if (kind < 15) log.journal();
    else if (kind < 17) log.checkpoint();
    else if (kind < 19) log.erase();
    else log.rotate();
  }
  log.checkpoint();
  return log;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
