/** Mails: each that is sent is there, in both languages, and renders with its sample. Class: pure. */
import { renderMail } from '../../activities/mail/template.js';
import { type Finding, finding } from '../../engine/errors/index.js';
import { DESCRIPTION_FILE } from '../../registry/index.js';
import { distinct, type LintedPackage, namesIn } from './package.js';

const LOCALES = ['en', 'pt-BR'] as const;
const HEADER = 'jornada:mail';
const pathOf = (mail: string, locale: string): string => `mail/${mail}.${locale}.liquid`;

/** Mails that tasks send; a name in FEEL is known when it is computed. */
const senders = ({ processes }: LintedPackage) =>
  processes.flatMap(({ file, nodes }) =>
    nodes.flatMap(({ id, line, extensions: { headers } }) => {
      const mail = headers[HEADER];
      return mail === undefined || mail.startsWith('=') ? [] : [{ mail, id, file, line }];
    }),
  );

/** A mail without any template is never sent; one in a single language goes to all in that. */
export function missingMails(found: LintedPackage): readonly Finding[] {
  return senders(found).flatMap(({ mail, id, file, line }) => {
    const missing = LOCALES.filter((locale) => !Object.hasOwn(found.files, pathOf(mail, locale)));
    const [first] = missing;
    if (first === undefined) return [];
    const path = pathOf(mail, first);
    const found_ =
      missing.length === LOCALES.length
        ? finding('PACKAGE_MAIL_MISSING', id, { mail, id, path })
        : finding('PACKAGE_LANGUAGE_MISSING', id, {
            what: `mail '${mail}'`,
            detail: `there is no '${path}'`,
          });
    return [{ ...found_, file, line }];
  });
}

/** Tries each template with the sample that `process.yaml` has for it. */
export function wrongMails(found: LintedPackage): readonly Finding[] {
  const { description, files } = found;
  if (description === null) return [];
  return distinct(senders(found).map(({ mail }) => mail)).flatMap((mail) => {
    const described = Object.hasOwn(description.mails, mail) ? description.mails[mail] : undefined;
    const present = LOCALES.filter((locale) => Object.hasOwn(files, pathOf(mail, locale)));
    if (present.length === 0) return [];
    if (described === undefined) {
      return [{ ...finding('PACKAGE_MAIL_UNDESCRIBED', null, { mail }), file: DESCRIPTION_FILE }];
    }
    return present.flatMap((locale) => {
      const path = pathOf(mail, locale);
      try {
        renderMail(files, mail, locale, described.sample);
        return [];
      } catch (error) {
        const [, detail] = /, but (.*); /s.exec(String(error)) ?? [];
        const facts = { path, mail, detail: detail ?? String(error) };
        return [{ ...finding('PACKAGE_MAIL_INVALID', null, facts), file: path }];
      }
    });
  });
}

/** Templates that no task sends; where one sends a mail by FEEL, any may be it. */
export function unusedMails(found: LintedPackage): readonly Finding[] {
  const isComputed = found.processes.some(({ nodes }) =>
    nodes.some(({ extensions: { headers } }) => headers[HEADER]?.startsWith('=')),
  );
  if (isComputed || !found.isWhole) return [];
  const sent = senders(found).flatMap(({ mail }) => LOCALES.map((locale) => `${mail}.${locale}`));
  return namesIn(found, 'mail', '.liquid')
    .filter((name) => !sent.includes(name))
    .map((name) => {
      const path = `mail/${name}.liquid`;
      const remedy = 'in two languages, en and pt-BR';
      const facts = { what: 'mail', path, remedy: `${HEADER}, ${remedy}` };
      return { ...finding('PACKAGE_FILE_UNUSED', null, facts), file: path };
    });
}
