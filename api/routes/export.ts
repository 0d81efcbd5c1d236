/**
 * `/export`: the link by which a customer fetches its data. The package is decrypted while it is sent; if it does not
 * open to its end, the connection breaks off before the length that was announced.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { LinkRefusal } from '../../store/registry/index.js';
import type { AppState } from '../deps.js';
import { type About, FORM, file, PAGE_ANSWER, sent } from '../openapi/about.js';
import { A_SECRET_TOKEN } from '../openapi/examples.js';
import { EXPORT_TEXTS } from '../pages/export-texts.js';
import { linkPage } from '../pages/link-page.js';
import { localeOf } from '../pages/locale.js';
import { addRoute } from '../plugins/routes.js';
import { FEW } from '../plugins/security.js';
import { Problem, type ProblemCode } from '../problem.js';
import { linkBody, tokenIn } from '../token.js';

const CODES: Readonly<Record<LinkRefusal, ProblemCode>> = {
  unknown: 'LINK_UNKNOWN',
  replaced: 'LINK_REPLACED',
  revoked: 'LINK_REVOKED',
  expired: 'LINK_EXPIRED',
  'used-up': 'LINK_USED_UP',
};

const ABOUT = {
  exportPage: { summary: 'Shows the page of a link to exported data', answers: PAGE_ANSWER },
  openExport: {
    summary: 'Downloads exported data by its link',
    says: 'It takes one of the downloads of the link and is written down.',
    body: { ...sent(linkBody, { token: A_SECRET_TOKEN }), type: FORM },
    answers: file('application/zip', 'The package'),
    errors: ['LINK_UNKNOWN', 'LINK_REPLACED', 'LINK_REVOKED', 'LINK_EXPIRED', 'LINK_USED_UP'],
  },
} satisfies Record<string, About>;

/** Adds it. */
export function addExport(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'exportPage', ABOUT.exportPage, (request, reply) => {
    const locale = localeOf(request.headers['accept-language']);
    return reply
      .type('text/html; charset=utf-8')
      .send(linkPage('/export', EXPORT_TEXTS[locale], locale));
  });
  addRoute(
    app,
    'openExport',
    ABOUT.openExport,
    async (request, reply) => {
      if (!state.deps) throw new Problem('HTTP_NOT_READY');
      const opened = await state.deps.openExport(tokenIn(request.body), request.ip);
      if (typeof opened === 'string') throw new Problem(CODES[opened]);
      const { exportId, bytes, plain } = opened;
      return reply
        .type('application/zip')
        .header('content-length', String(bytes))
        .header('content-disposition', `attachment; filename="export-${exportId}.zip"`)
        .send(Readable.from(plain, { objectMode: false }));
    },
    { most: FEW },
  );
}
