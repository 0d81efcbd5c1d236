/** What is done with people who use Jornada, and with their API tokens. */
import { ACT, DATA, LIST, type Verb } from '../declaration.js';

const identities = () => import('../commands/identities.js');

/** Its verbs. */
export const IDENTITIES: readonly Verb[] = [
  [
    'user',
    'people who sign in',
    'jornada user list',
    [
      {
        usage: 'add <name>',
        does: 'add a person by login name, and print the link by which they set a password',
        example: 'jornada user add dana --role designer',
        flags: [
          ...ACT,
          ['--role <a,b>', 'designer, csm, admin, auditor; several by comma'],
          ['--group <a,b>', 'groups whose tasks they see'],
          ['--display-name <text>', 'how others read them (else the login name)'],
          ['--mail <address>', 'their address'],
          ['--locale <tag>', 'en or pt-BR (en)'],
        ],
        load: async () => (await identities()).addUser,
      },
      {
        usage: 'list',
        does: 'who there is, by login name',
        example: 'jornada user list',
        flags: LIST,
        load: async () => (await identities()).listUsers,
      },
      {
        usage: 'link <name>',
        does: 'a new link by which a person sets a password',
        example: 'jornada user link dana',
        flags: ACT,
        load: async () => (await identities()).linkUser,
      },
      {
        usage: 'disable <name>',
        does: 'end all that a person has open, and let them in no more',
        example: 'jornada user disable dana --reason "left"',
        flags: ACT,
        load: async () => (await identities()).disableUser,
      },
    ],
  ],
  [
    'token',
    'API tokens of people',
    'jornada token list ada',
    [
      {
        usage: 'create <user>',
        does: 'make an API token of a person, and print its secret this once',
        example: 'jornada token create ada --name reports --scope admin:read --days 90',
        flags: [
          ...ACT,
          ['--name <text>', 'what it is for'],
          ['--scope <a,b>', 'roles of that person, or role:read; several by comma'],
          ['--days <n>', 'ends after so many days, 366 at most (90)'],
        ],
        load: async () => (await identities()).createToken,
      },
      {
        usage: 'list <user>',
        does: 'the API tokens of a person, without their secrets',
        example: 'jornada token list ada',
        flags: [...DATA, ['--fields <a,b>', 'only these fields, in this order']],
        load: async () => (await identities()).listTokens,
      },
      {
        usage: 'revoke <id>',
        does: 'let an API token open nothing any more; id: as token list shows it',
        example: 'jornada token revoke 4d1a7c52-08c9-4a53-9c3e-7f3b2a6f9d10',
        flags: ACT,
        load: async () => (await identities()).revokeToken,
      },
    ],
  ],
];
