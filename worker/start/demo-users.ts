/**
 * People of the demonstration: one a role to sign in as, and their colleagues, so that each group that has tasks has somebody
 * and whoever is given one is there. All have a password that everybody knows. They are made on this machine alone, where nobody
 * else is, and a production profile does not start beside them. Class: side effect.
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
  /** Somebody of those beside whom a newcomer works, and not one of the four to begin as. */
  readonly isColleague: boolean;
}

interface Made extends DemoUser {
  readonly displayName: string;
  readonly groups: readonly string[];
}

const one = (
  role: Role,
  loginName: string,
  displayName: string,
  groups: readonly string[],
): Made => ({
  ...{ role, loginName, displayName, groups },
  isColleague: false,
});

const colleague = (loginName: string, displayName: string, ...groups: readonly string[]): Made => ({
  ...one('csm', loginName, displayName, groups),
  isColleague: true,
});

/** Exported for the test that compares them with whom the packages give tasks to. */
export const USERS: readonly Made[] = [
  one('designer', 'dana', 'Dana Okafor', []),
  // What a customer is to do, somebody takes down for them.
  one('csm', 'cory', 'Cory Lindqvist', ['csm', 'support-agent', 'billing', 'customer']),
  one('admin', 'ada', 'Ada Moreira', [
    ...['cs-lead', 'support-lead', 'billing-lead', 'security-admin', 'admin'],
  ]),
  one('auditor', 'rui', 'Rui Tavares', []),
  colleague('ana', 'Ana Lima', 'support-agent'),
  colleague('eva', 'Eva Noll', 'support-agent'),
  colleague('lea', 'Lea Prado', 'support-lead', 'cs-lead', 'billing-lead'),
  colleague('max', 'Max Braun', 'finance-manager'),
  colleague('lia', 'Lia Serra', 'legal'),
  colleague('iris', 'Iris Costa', 'privacy-officer'),
  // Two of each of these: four eyes are asked for.
  colleague('pat', 'Pat Okoye', 'provisioning', 'engineer'),
  colleague('sam', 'Sam Weiss', 'security-admin', 'provisioning'),
  colleague('tess', 'Tess Moura', 'sales-ops'),
  colleague('theo', 'Theo Lang', 'trainer'),
];

/** The people of the demonstration. */
export interface DemoUsers {
  /** Adds those who are missing. @returns who is there; nobody, where others are or this is no demonstration's place */
  readonly ensure: () => Promise<readonly DemoUser[]>;
  /** Adds the colleagues alone, who are told by mail of what the demonstration begins. */
  readonly ensureColleagues: () => Promise<void>;
}

type Place = Pick<StartConfig, 'profile' | 'app'>;

/** Makes the group. @param share - has a csm look after customers */
export function createDemoUsers(
  { people, passwords }: IdentityDeps,
  place: Place,
  share: (csm: string) => Promise<void>,
): DemoUsers {
  const ensure = async (users: readonly Made[]): Promise<readonly DemoUser[]> => {
    if (!isForDemo(place) || (await people.hasOwnUsers())) return [];
    const there: DemoUser[] = [];
    for (const user of users) {
      const { loginName, role, displayName, groups, isColleague } = user;
      const known = await people.byName(loginName);
      if (!known) {
        const bare = { userId: randomUUID(), locale: 'en', isDemo: true } as const;
        // Of a domain that there is not: what is sent to it arrives nowhere. Source: RFC 2606.
        const mail = `${loginName}@demo.example`;
        const added = { ...bare, mail, loginName, displayName, groups, roles: [role] };
        await people.add(added, await passwords.hash(DEMO_PASSWORD), byOfEngine());
        if (role === 'csm' && !isColleague) await share(loginName);
      }
      if (known?.isActive !== false) there.push({ loginName, role, isColleague });
    }
    return there;
  };
  return {
    ensure: () => ensure(USERS),
    ensureColleagues: async () => {
      await ensure(USERS.filter(({ isColleague }) => isColleague));
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
