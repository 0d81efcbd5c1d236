/** Reading certificates of deletion. Class: side effect. */
import { certificateHash, isCertificateSigned } from '../../audit/index.js';
import type { CertificateRow } from '../../contracts/certificates.js';
import { type Certificate, plainOf, searchCertificates } from '../../store/erasure/index.js';
import type { Search } from '../../store/index.js';
import type { Operations } from './parts.js';
import { readPage } from './read-page.js';
import { findCertificate } from './references.js';

/** The operations. */
export const CERTIFICATE_READS: Operations<'searchCertificates' | 'getCertificate'> = {
  searchCertificates: async ({ store }, input) => {
    const { items, total } = await readPage(
      (query: Search) => store.reading((db) => searchCertificates(db, query)),
      input,
    );
    return { items: items.map(shown), total };
  },
  getCertificate: async ({ store }, { key }) => {
    const fields = plainOf(await findCertificate(store, key));
    const certificate = fields as unknown as CertificateRow;
    return { certificate, hash: certificateHash(fields), isSound: isCertificateSigned(fields) };
  },
};

const shown = (row: Certificate): CertificateRow => plainOf(row) as unknown as CertificateRow;
