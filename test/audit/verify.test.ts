import { describe, expect, test } from 'vitest';
import { splitNotes, verdictLines, verifyLog } from '../../audit/index.js';
import { chanceOf, MadeLog, madeLog } from '../support/made-log.js';

describe('the check of a log', () => {
  test('raises no alarm on 1,000 logs of chance that nobody tampered with', async () => {
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const log = madeLog(seed, 5 + (seed % 20));
      const text = log.notes.filter((_, index) => index % 2 === seed % 2).join('');
      const kept = [{ place: 'kept', text }];
      const { findings, checked } = await verifyLog(log.source({ kept }));
      expect([seed, findings]).toEqual([seed, []]);
      expect(checked.covered).toBe(log.entries.length);
      expect(checked.erasedUntold).toBe(0);
    }
  });

  test('finds any change of any entry, and names it', async () => {
    const chance = chanceOf(15);
    for (let turn = 0; turn < 300; turn += 1) {
      const log = madeLog(turn, 40);
      const at = chance(log.entries.length);
      const entry = log.entries[at];
      if (!entry) throw new Error('there is one');
      const changes = [{ actor: 'eve' }, { object: 'x' }, { personal: null }, { requestId: 'r' }];
      const { entries } = log.source();
      const tampered = async function* () {
        for await (const found of entries()) {
          const isIt = found.entry?.number === at + 1;
          yield isIt ? { ...found, entry: { ...entry, ...changes[chance(4)] } } : found;
        }
      };
      const { findings } = await verifyLog(log.source({ entries: tampered }));
      const isChanged = findings.length > 0;
      // An entry without a personal part is not changed by taking it away.
      if (!isChanged) expect(entry.personal).toBeNull();
      else expect(findings[0]?.number).toBe(at + 1);
    }
  });

  test('tells a log that was cut off, by a checkpoint that was kept', async () => {
    const log = madeLog(7, 60);
    const text = log.notes.at(-1) ?? '';
    const size = log.entries.length;
    log.entries.splice(10);
    const notes = log.notes.filter((note) => Number(note.split('\n')[1]) <= 10).join('');
    const checkpoints = { place: 'the store', text: notes };
    const alone = await verifyLog(log.source({ checkpoints, journals: null }));
    expect(alone.findings).toEqual([]);
    const kept = [{ place: 'kept', text }];
    const { findings } = await verifyLog(log.source({ checkpoints, kept, journals: null }));
    expect(findings[0]).toMatchObject({
      number: 11,
      what: `checkpoint of ${size} entries in kept`,
      why: expect.stringContaining(`it covers ${size} entries, but entry 11 is not there`),
    });
  });

  test('believes a key that was handed over no longer, and the next one not before', async () => {
    const log = new MadeLog(chanceOf(1));
    for (let n = 0; n < 5; n += 1) log.act();
    log.checkpoint();
    log.rotate();
    log.act();
    log.checkpoint();
    expect((await verifyLog(log.source())).findings).toEqual([]);
    for (const term of [0, 1]) {
      const notes = log.notes.map((note, index) =>
        index === 1 - term ? log.resigned(note, term) : note,
      );
      const checkpoints = { place: 'the store', text: notes.join('') };
      const { findings } = await verifyLog(log.source({ checkpoints }));
      expect(findings[0]?.why).toMatch(
        /^key [0-9a-f]{8}, which signs at that size, did not sign it$/,
      );
    }
  });

  test('says what it checked, what is wrong first, and what it cannot see', async () => {
    const log = madeLog(1, 80);
    const sound = verdictLines(await verifyLog(log.source()));
    expect(sound[0]).toBe('SOUND');
    expect(sound.at(-1)).toContain('without a checkpoint that is kept elsewhere');
    const text = splitNotes(log.notes.join('')).slice(1).join('');
    const checkpoints = { place: 'the store', text };
    const wrong = verdictLines(await verifyLog(log.source({ checkpoints })));
    expect(wrong[0]).toMatch(
      /^TAMPERED: checkpoint of \d+ entries in the store: the checkpoint before it is gone$/,
    );
  });

  test('finds a certificate of deletion that was changed, added, swapped or taken away', async () => {
    const log = madeLog(3, 20);
    for (const _ of [1, 2, 3]) log.certify();
    log.checkpoint();
    const [first, second, third] = log.certificates;
    if (!first || !second || !third) throw new Error('there are three');
    const changes: readonly (readonly [object[], string])[] = [
      [[first, { ...second, countsBefore: {} }, third], 'certificate 2'],
      [[first, third], 'certificate 2'],
      [[second, first, third], 'certificate 1'],
      [[first, second], 'certificate of entry'],
      [[first, second, third, { ...third, number: 4 }], 'certificate 4'],
    ];
    expect((await verifyLog(log.source())).checked.certificates).toBe(3);
    for (const [all, what] of changes) {
      const certificates = async () => all as never;
      const { findings } = await verifyLog(log.source({ certificates }));
      expect(findings.map((one) => one.what).join()).toContain(what);
      expect(findings.every(({ part }) => part === 'certificate')).toBe(true);
    }
  });
});
