/** Which addresses `http-request` may reach, whatever they are written like. Source: IANA special-purpose registries. */
import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../activities/http/address.js';
import { destinationOf } from '../../activities/http/egress.js';

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.0.1',
  '192.0.1.1',
  '2606:4700::1111',
  '2a00:1450:4003::2004',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'no address',
  '',
])("'%s' is not", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

describe('where a URL leads', () => {
  const NAMES: Readonly<Record<string, readonly string[]>> = {
    'public.example': ['93.184.216.34'],
    'half.example': ['93.184.216.34', '10.0.0.1'],
    'inside.example': ['10.0.0.7'],
    'xn--bcher-kva.example': ['93.184.216.35'],
  };
  const egress = {
    allowed: ['inside.example', '127.0.0.1:9000', '[::1]:9001'],
    resolve: async (host: string) => NAMES[host] ?? (/^[\d.]+$|:/.test(host) ? [host] : []),
  };
  const leads = async (url: string): Promise<string> =>
    destinationOf(url, egress).then(
      ({ address }) => address,
      (error: { readonly type: string }) => error.type,
    );

  test.each([
    ['https://public.example/x', '93.184.216.34'],
    ['http://PUBLIC.example:80/', '93.184.216.34'],
    ['https://bücher.example/', '93.184.216.35'],
    ['http://inside.example/', '10.0.0.7'],
    ['http://127.0.0.1:9000/', '127.0.0.1'],
    ['http://0x7f.1:9000/', '127.0.0.1'],
    ['http://[::1]:9001/', '::1'],
    ['http://missing.example/', 'HTTP_UNAVAILABLE'],
  ])('%s leads to %s', async (url, expected) => {
    expect(await leads(url)).toBe(expected);
  });

  test.each([
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://half.example/',
    'http://public.example:5432/',
    'http://public.example:7233/',
    'http://inside.example:7233/',
    'https://user@public.example/',
    'https://user:word@public.example/',
    'file:///etc/passwd',
    'gopher://public.example/',
    'ftp://public.example/',
    'javascript:1',
    '/relative',
    '',
    'http://',
  ])('%s leads nowhere', async (url) => {
    expect(await leads(url)).toBe('EGRESS_DENIED');
  });
});
