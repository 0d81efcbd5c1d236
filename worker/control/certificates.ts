/** Reading certificates of deletion. Class: side effect. */
import { certificateHash, isCertificateSigned } from '../../audit/index.js';
import type { CertificateRow } from '../../contracts/certificates.js';
import { type Certificate, plainOf, searchCertificates } from '../../store/erasure/index.js';
import type { Filter, Order } from '../../store/index.js';
import type { Operations } from './parts.js';
import { findCertificate } from './references.js';

/** The operations. */
export const CERTIFICATE_READS: Operations<'searchCertificates' | 'getCertificate'> = {
  searchCertificates: async ({ store }, { filter, sort, limit }) => {
    const query = {
      filter: filter as Filter,
      ...(sort && { sort: sort as unknown as readonly Order[] }),
      ...{ limit, withTotal: true },
    };
    const { items, total } = await store.reading((db) => searchCertificates(db, query));
    return { items: items.map(shown), total: total ?? { count: items.length, isExact: true } };
  },
  getCertificate: async ({ store }, { key }) => {
    const fields = plainOf(await findCertificate(store, key));
    const certificate = fields as unknown as CertificateRow;
    return { certificate, hash: certificateHash(fields), isSound: isCertificateSigned(fields) };
  },
};

const shown = (row: Certificate): CertificateRow => plainOf(row) as unknown as CertificateRow;
