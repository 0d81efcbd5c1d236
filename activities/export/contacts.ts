/** Who may ask for the data of a customer, and get it: its sponsors and administrators, whom mail reaches. */
import type { Json } from '../../engine/model/index.js';
import { CONTACT, type CustomerRow, type RecordTables } from '../../store/index.js';

/** Users and whoever pays see their own screens; all data of the company is not theirs to fetch. */
const ENTITLED: readonly string[] = ['sponsor', 'admin'];

/** One of them, as mails need it. */
export interface ExportContact extends Readonly<Record<string, Json>> {
  readonly contactId: string;
  readonly name: string;
  readonly mail: string;
  readonly locale: string;
}

/** In the order in which they are tried. Errors: those of `Sealer.open`. Class: side effect. */
export async function entitledContacts(
  record: RecordTables,
  { customerId, locale }: Pick<CustomerRow, 'customerId' | 'locale'>,
): Promise<readonly ExportContact[]> {
  const contacts = await record.table(CONTACT).of([customerId]);
  return contacts
    .filter(
      ({ role, state, isErased }) => ENTITLED.includes(role) && state === 'active' && !isErased,
    )
    .toSorted(
      (a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.orderInChain - b.orderInChain,
    )
    .flatMap((contact) =>
      contact.isErased
        ? []
        : {
            contactId: contact.contactId,
            name: contact.name,
            mail: contact.mail,
            locale: contact.locale ?? locale,
          },
    );
}
