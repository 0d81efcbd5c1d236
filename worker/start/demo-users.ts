/**
 * People of the demonstration, one a role, with a password that everybody knows. They are made on this machine alone, where
 * nobody else is, and a production profile does not start beside them. Class: side effect.
 */
import { randomUUID } from 'node:crypto';
import { type IdentityDeps, isOfThisMachine } from '../../api/index.js';
import type { Role } from '../../contracts/identities.js';
import type { Store } from '../../store/index.js';
import type { StartConfig } from './environment.js';
import { startFailure } from './failure.js';
import { byOfEngine } from './identities.js';

/** The password of all of them. */
export const DEMO_PASSWORD = 'jornada demo user';

/** One of them. */
export interface DemoUser {
  readonly loginName: string;
  readonly role: Role;
}

interface Made extends DemoUser {
  readonly displayName: string;
  readonly groups: readonly string[];
}

const USERS: readonly Made[] = [
  { loginName: 'dana', role: 'designer', displayName: 'Dana Okafor', groups: [] },
  {
    ...{ loginName: 'cory', role: 'csm', displayName: 'Cory Lindqvist' },
    groups: ['csm', 'support-agent', 'billing'],
  },
  {
    ...{ loginName: 'ada', role: 'admin', displayName: 'Ada Moreira' },
    groups: ['cs-lead', 'support-lead', 'billing-lead', 'security-admin'],
  },
  { loginName: 'rui', role: 'auditor', displayName: 'Rui Tavares', groups: [] },
];

/** The people of the demonstration. */
export interface DemoUsers {
  /** Adds those who are missing. @returns who is there; nobody, where others are or this is no demonstration's place */
  readonly ensure: () => Promise<readonly DemoUser[]>;
}

type Place = Pick<StartConfig, 'profile' | 'app'>;

/** Makes the group. @param share - has a csm look after customers */
export function createDemoUsers(
  { people, passwords }: IdentityDeps,
  place: Place,
  share: (csm: string) => Promise<void>,
): DemoUsers {
  return {
    ensure: async () => {
      if (!isForDemo(place) || (await people.hasOwnUsers())) return [];
      const there: DemoUser[] = [];
      for (const user of USERS) {
        const { loginName, role, displayName, groups } = user;
        const known = await people.byName(loginName);
        if (!known) {
          const bare = { userId: randomUUID(), locale: 'en', isDemo: true } as const;
          // Of a domain that there is not: what is sent to it arrives nowhere. Source: RFC 2606.
          const mail = `${loginName}@demo.example`;
          const added = { ...bare, mail, loginName, displayName, groups, roles: [role] };
          await people.add(added, await passwords.hash(DEMO_PASSWORD), byOfEngine());
          if (role === 'csm') await share(loginName);
        }
        if (known?.isActive !== false) there.push({ loginName, role });
      }
      return there;
    },
  };
}

const isForDemo = ({ profile, app }: Place): boolean =>
  profile !== 'production' && isOfThisMachine(app.publicUrl);

/** Refuses to serve people beside those of a demonstration. Errors: `DEMO_USERS_REFUSED`. */
export async function refuseDemoUsers(
  { identities }: Pick<Store, 'identities'>,
  { profile }: Pick<StartConfig, 'profile'>,
): Promise<void> {
  if (profile !== 'production') return;
  const names = await identities.demoNames();
  if (names.length > 0) throw startFailure('DEMO_USERS_REFUSED', { names: names.join(', ') });
}
