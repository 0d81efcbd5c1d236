/** What examples of several routes have in common. Nobody here is anybody. Class: data. */
import type { TokenRow, UserRow } from '../../contracts/identities.js';

export const AN_ID = '7b0e4c9e-2f53-4d0a-9c39-5f1f4a3f9c11';
export const A_SECRET_TOKEN = 'Yq3b1tQm8fW2oS5uXk7cVn0dJp4hRe6iLz9aGyTwUxM';
export const AN_INSTANT = '2026-03-02T12:00:00.000Z';
export const A_LATER_INSTANT = '2026-03-09T12:00:00.000Z';

export const A_PERSON: UserRow = {
  ...{ userId: AN_ID, loginName: 'cora', displayName: 'Cora Lima', mail: 'cora@example.com' },
  ...{ locale: 'pt-BR', roles: ['csm'], groups: ['onboarding'], isActive: true, isDemo: false },
  createdAt: AN_INSTANT,
};

export const A_TOKEN: TokenRow = {
  ...{ tokenId: '0b3f9d58-6a0f-4c8e-8f5e-1f6d3c2b1a09', name: 'Nightly report' },
  ...{ scopes: ['csm:read'], createdAt: AN_INSTANT, expiresAt: A_LATER_INSTANT },
  ...{ lastUsedAt: null, isLive: true },
};
