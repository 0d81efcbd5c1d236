/** Bodies of HTML forms, which work without a script. */
import type { FastifyInstance } from 'fastify';

/** Adds them beside JSON. A field that is there twice has its first value. */
export function addForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      const fields = new URLSearchParams(String(body));
      const names = [...new Set(fields.keys())];
      done(null, Object.fromEntries(names.map((name) => [name, fields.get(name)])));
    },
  );
}
