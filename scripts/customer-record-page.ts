/** Writes `docs/customer-record.md` from the declarations: `npx tsx scripts/customer-record-page.ts`. A test holds them equal. */
import { writeFileSync } from 'node:fs';
import { customerRecordPage } from './customer-record-page-text.js';

writeFileSync('docs/customer-record.md', customerRecordPage());
