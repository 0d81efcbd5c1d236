/** Shapes of SCIM that are read; what else a server sends is kept as it is. Class: pure. Source: RFC 7643 §4.1, RFC 7644 §3.4.2. */
import * as z from 'zod';

/** Some servers write booleans as texts. */
const ACTIVE = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((text) => text.toLowerCase() === 'true'),
]);

const TEXT = z.string().nullish();

/** An account. */
export const SCIM_USER = z.looseObject({
  id: z.string().min(1).max(500),
  externalId: TEXT,
  userName: TEXT,
  displayName: TEXT,
  active: ACTIVE.nullish(),
  groups: z.array(z.looseObject({ value: z.string() })).nullish(),
  meta: z.looseObject({ version: TEXT, created: TEXT, lastModified: TEXT }).nullish(),
});

/** An account. */
export type ScimUser = z.infer<typeof SCIM_USER>;

/** One page of a list. `totalResults` is of all pages. */
export const SCIM_LIST = z.looseObject({
  totalResults: z.number().int().min(0),
  Resources: z.array(SCIM_USER).nullish(),
});

const CAPABILITY = z.looseObject({ supported: ACTIVE }).nullish();

/** What a server says that it can. What names neither of these is something else. Source: RFC 7643 §5. */
export const SCIM_CONFIG = z
  .looseObject({ filter: CAPABILITY, patch: CAPABILITY })
  .refine(({ filter, patch }) => Boolean(filter ?? patch));

/** What a server says that it can. */
export type ScimConfig = z.infer<typeof SCIM_CONFIG>;

/** An account counts as open unless it says that it is not: RFC 7643 leaves `active` out of what must be there. */
export const isActive = ({ active }: ScimUser): boolean => active !== false;

/** The text of an attribute, by its name or, for one of an extension, `<schema URN>:<name>`. */
export function attributeOf(user: ScimUser, attribute: string): string | null {
  const cut = attribute.lastIndexOf(':');
  const schema = attribute.slice(0, Math.max(cut, 0));
  const name = attribute.slice(cut + 1);
  const holder: unknown = cut < 0 ? user : user[schema];
  if (typeof holder !== 'object' || holder === null) return null;
  const value: unknown = (holder as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}

/** A filter that an attribute equals a text. Source: RFC 7644 §3.4.2.2: texts are those of JSON. */
export const equals = (attribute: string, text: string): string =>
  `${attribute} eq ${JSON.stringify(text)}`;
