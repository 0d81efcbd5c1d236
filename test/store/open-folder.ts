/**
 * A process of its own that opens a folder: `open-folder.ts <folder> <how>`.
 *
 * `hold`: says `open`, then appends entries one by one, saying each number once it is stored, until it is killed.
 * `try`: says `open`, or the code and text of the refusal, and ends.
 */
import { openStore, StoreFailure } from '../../store/index.js';
import { anInstance, numbered } from '../support/store.js';

const [folder = '', how] = process.argv.slice(2);
try {
  const store = await openStore({ databaseUrl: null, folder });
  console.log('open');
  const instance = anInstance({ instanceId: 'held' });
  for (let n = 1; how === 'hold'; n += 1) {
    await store.journal.append(instance, numbered([{ kind: 'flowTaken' }], n));
    console.log(n);
  }
  await store.close();
} catch (error) {
  if (!(error instanceof StoreFailure)) throw error;
  console.log(`${error.code} ${error.message}`);
  process.exitCode = 3;
}
