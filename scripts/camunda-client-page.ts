/** Writes `docs/camunda-client.md` from the client and the table of routes: `npx tsx scripts/camunda-client-page.ts`. A test holds them equal. */
import { writeFileSync } from 'node:fs';
import { camundaClientPage } from './camunda-client-page-text.js';

writeFileSync('docs/camunda-client.md', camundaClientPage());
