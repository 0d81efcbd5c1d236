/** What is done with certificates of deletion: they are listed and shown. */
import { DATA, type Declaration, FIELDS, LIST } from '../declaration.js';

const certificates = () => import('../commands/certificates.js');

/** Lists them. */
export const SEARCH_CERTIFICATES: Declaration = {
  usage: 'certificates',
  alias: 'certificate',
  does: 'certificates of deletion, newest first',
  example: 'jornada search certificates --customer 0190e9c5-7a2f-7cc3-b4f1-c3d1a8a6f001',
  flags: [...LIST, ['--customer <id>', 'of this customer']],
  load: async () => (await certificates()).searchCertificates,
};

/** Shows one. */
export const GET_CERTIFICATE: Declaration = {
  usage: 'certificates <key>',
  alias: 'certificate',
  does: 'a certificate of deletion with all that is signed; key: its id, or a beginning or end of it',
  example: 'jornada get certificates c3d1a8a6',
  flags: [...DATA, ...FIELDS],
  load: async () => (await certificates()).getCertificate,
};
