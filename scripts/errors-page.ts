/** Writes `docs/errors.md` from the catalogue: `npx tsx scripts/errors-page.ts`. A test holds them equal. */
import { writeFileSync } from 'node:fs';
import { errorsPage } from './errors-page-text.js';

writeFileSync('docs/errors.md', errorsPage());
