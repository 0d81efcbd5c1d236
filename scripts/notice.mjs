/** `node scripts/notice.mjs`: writes NOTICE anew; run it after a dependency has changed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './child.js';
import { noticeText } from './notice-text.js';

writeFileSync(join(ROOT, 'NOTICE'), noticeText(ROOT));
