/**
 * Which addresses are of the public internet. Everything else is somebody's own machine or network: this host, a private
 * network, a cloud's metadata, and the ways of IPv6 to write them. Class: pure.
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; OWASP ASVS 13.2.4.
 */
import { BlockList, isIP } from 'node:net';

const IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];

/** Of what is assigned, 2000::/3, without what leads elsewhere; and nothing outside it. */
const IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const SPECIAL = new BlockList();
for (const range of IPV4) SPECIAL.addSubnet(...parted(range), 'ipv4');
for (const range of IPV6) SPECIAL.addSubnet(...parted(range), 'ipv6');

const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6');

function parted(range: string): [network: string, prefix: number] {
  const [network = '', prefix = ''] = range.split('/');
  return [network, Number(prefix)];
}

/** Whether an IP address is one of the public internet; text that is none is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !SPECIAL.check(address, 'ipv4');
  return family === 6 && GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL.check(address, 'ipv6');
}
