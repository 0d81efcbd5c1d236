import type { Egress } from '../../activities/http/egress.js';

/** No name has an address. */
export const NO_EGRESS: Egress = {
  allowed: [],
  resolve: () => Promise.reject(new Error('there are no addresses in this test')),
};

/** Names that end in .test are on loopback. */
export const toLoopback: Egress = {
  allowed: [],
  resolve: async (host) => (host.endsWith('.test') ? ['127.0.0.1'] : [host]),
};
