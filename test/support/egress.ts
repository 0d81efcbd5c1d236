import type { Egress } from '../../activities/http/egress.js';

/** No name has an address. */
export const NO_EGRESS: Egress = {
  allowed: [],
  resolve: () => Promise.reject(new Error('there are no addresses in this test')),
};
