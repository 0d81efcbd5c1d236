import { describe, expect, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.js';
import { headerText, isMailAddress } from '../../activities/mail/fields.js';
import { localeChain, renderMail } from '../../activities/mail/template.js';

const NOT_ONE_ADDRESS = [
  '',
  'ana',
  'ana@aurora',
  'ana@aurora.example\r\nBcc: eve@evil.example',
  'ana@aurora.example\u0000',
  'ana@aurora.example,eve@evil.example',
  'ana@aurora.example eve@evil.example',
  'Ana <ana@aurora.example>',
  'friends: ana@aurora.example, eve@evil.example;',
  '"ana prado"@aurora.example',
  '.ana@aurora.example',
  'a..b@aurora.example',
  `${'a'.repeat(65)}@aurora.example`,
  `a@${'b.'.repeat(130)}example`,
  'ana@aurora.example\u2028',
];

describe('fields of a mail', () => {
  test.each(NOT_ONE_ADDRESS)('%j is not one address', (text) => {
    expect(isMailAddress(text)).toBe(false);
  });

  test.each(['ana@aurora.example', "o'neil+x@a-b.co.uk"])('%s is an address', (text) => {
    expect(isMailAddress(text)).toBe(true);
  });

  test.each(['\r', '\n', '\u0000', '\u2028', '\u2029', '\u0085', '\u202e', '\ud800'])(
    'a header with %j is refused for good',
    (bad) => {
      const refused = () => headerText('subject', `a${bad}b`);
      expect(refused).toThrow(expect.objectContaining({ type: 'EMAIL_FIELD_INVALID' }));
      expect(refused).toThrow(expect.objectContaining({ nonRetryable: true }));
    },
  );

  test('a variable cannot add a header', async () => {
    const files = { 'mail/m.en.liquid': '---\nsubject: Hello {{ who }}\n---\nHello\n' };
    const content = renderMail(files, 'm', 'en', { who: 'Ana\r\nBcc: eve@evil.example' });
    const ana = { name: 'Ana', mail: 'ana@aurora.example' };
    await expect(composeMail('k', ana, ana, content)).rejects.toMatchObject({
      type: 'EMAIL_FIELD_INVALID',
    });
  });

  test('a thousand recipients are not one', async () => {
    const content = { locale: 'en', subject: 's', text: 't', html: 'h' };
    const ana = { name: 'Ana', mail: 'ana@aurora.example' };
    const many = { name: 'All', mail: Array.from({ length: 1000 }, () => ana.mail).join(',') };
    await expect(composeMail('k', ana, many, content)).rejects.toMatchObject({
      type: 'EMAIL_FIELD_INVALID',
    });
  });

  test('two attempts compose the same but for the date', async () => {
    const content = { locale: 'en', subject: 'é', text: 't', html: '<p>h</p>' };
    const ana = { name: 'Ana', mail: 'ana@aurora.example' };
    const compose = async () =>
      (await composeMail('key', ana, ana, content)).raw.toString().replace(/^Date: .*$/m, '');
    expect(await compose()).toBe(await compose());
  });
});

describe('templates', () => {
  const files = {
    'mail/m.en.liquid': '---\nsubject: Hello\n---\nen {{ x }}\n',
    'mail/m.pt.liquid': '---\nsubject: Olá\n---\npt {{ x }}\n',
    'mail/only.en.liquid': '---\nsubject: Hello\n---\nen\n',
    'mail/bare.en.liquid': 'no front matter\n',
    'mail/loop.en.liquid': '---\nsubject: s\n---\n{% for i in (1..100000000) %}x{% endfor %}\n',
    'mail/read.en.liquid': '---\nsubject: s\n---\n{% include "/etc/passwd" %}\n',
  };

  test('fall back by language', () => {
    expect(localeChain('pt-BR', ['en', 'pt-BR'])).toEqual(['pt-BR', 'pt', 'en']);
    expect(localeChain('pt-PT', ['en', 'pt-BR'])).toEqual(['pt-PT', 'pt', 'pt-BR', 'en']);
    expect(renderMail(files, 'm', 'pt-BR', { x: 1 }).text).toBe('pt 1\n');
    expect(renderMail(files, 'only', 'pt-BR', {}).locale).toBe('en');
    expect(renderMail(files, 'm', 'de', { x: 1 }).locale).toBe('en');
  });

  test('escape in the HTML part what stands in text and variables', () => {
    const { html } = renderMail(files, 'm', 'en', { x: '<script>"&' });
    expect(html).toContain('en &lt;script&gt;&quot;&amp;');
  });

  const wrong: readonly [string, string, object][] = [
    ['a variable that is missing', 'm', { type: 'EMAIL_TEMPLATE_INVALID' }],
    ['a template that is missing', 'none', { type: 'EMAIL_TEMPLATE_MISSING' }],
    ['no front matter', 'bare', { type: 'EMAIL_TEMPLATE_INVALID' }],
    ['a loop without end', 'loop', { type: 'EMAIL_TEMPLATE_INVALID' }],
    ['a file of the machine', 'read', { type: 'EMAIL_TEMPLATE_INVALID' }],
  ];
  test.each(wrong)('refuse %s', (_what, name, failure) => {
    const render = () => renderMail(files, name, 'en', {});
    expect(render).toThrow(expect.objectContaining({ ...failure, nonRetryable: true }));
  });
});
