/** Contacts that were replaced: mail no longer goes to them. */
import type { RecordTables } from '../../store/index.js';
import { CONTACT } from '../../store/index.js';

/** Marks active contacts as left. Class: side effect. */
export async function leaveContacts(record: RecordTables, ids: readonly string[]): Promise<void> {
  const table = record.table(CONTACT);
  for (const contactId of ids) {
    const found = await table.get(contactId);
    if (!found || found.isErased || found.state === 'left') continue;
    await table.change([contactId], found.version, { state: 'left', isPrimary: false });
  }
}
