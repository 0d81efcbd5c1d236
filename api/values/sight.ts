/**
 * How values are shown to whom: the one place that decides it. Source: docs/identities.md, "Who reads values"; decision 47.
 * Class: pure.
 */
import type { FastifyRequest } from 'fastify';
import { type CsmSees, viewerOf } from '../identities/portfolio.js';
import type { ValueRule } from '../permissions.js';
import { permissionOf } from '../plugins/routes.js';
import { Problem } from '../problem.js';

/** What somebody sees of values. */
export interface Sight {
  /** Of which instances: all that they find, those of their portfolio, none. */
  readonly shows: 'all' | 'portfolio' | 'none';
  /** Whether the audit keeps that they were read. */
  readonly isKept: boolean;
  /** Why all others are not shown. */
  readonly lack: 'FORBIDDEN' | 'REASON_REQUIRED';
  readonly reason: string | null;
}

/** Who gives a reason says it here: what is asked for by GET has no body, and addresses are kept in too many places. */
export const REASON_HEADER = 'jornada-reason';
const LONGEST_REASON = 500;

/** Why somebody reads; null: they do not say. Errors: `INPUT_INVALID`. */
export function reasonIn({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  const given = headers[REASON_HEADER];
  if (typeof given !== 'string' || given === '') return null;
  const reason = decoded(given)?.trim();
  if (reason && reason.length <= LONGEST_REASON && /^\P{Cc}*$/u.test(reason)) return reason;
  const detail = `Jornada-Reason is no percent-encoded text of 1 to ${LONGEST_REASON} characters on one line`;
  throw new Problem('INPUT_INVALID', { detail });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const NOTHING: Sight = { shows: 'none', isKept: false, lack: 'FORBIDDEN', reason: null };

/** What a caller sees of values. Errors: `INPUT_INVALID`. */
export function sightOf(request: FastifyRequest, csmSees: CsmSees): Sight {
  const { principal } = request;
  if (!principal) return NOTHING;
  const { reads } = principal;
  const reason = reasonIn(request);
  const isAuditor = reads.includes('auditor');
  const lack = isAuditor && reason === null ? 'REASON_REQUIRED' : 'FORBIDDEN';
  const isKept = reads.includes('admin') || (isAuditor && reason !== null);
  if (isKept) return { shows: 'all', isKept, lack, reason };
  if (!reads.includes('csm')) return { shows: 'none', isKept, lack, reason };
  // Another role may have them find more than their portfolio, but shows them no values of it.
  const isNarrowed = csmSees === 'all' || viewerOf(request, csmSees) !== null;
  return { shows: isNarrowed ? 'all' : 'portfolio', isKept, lack, reason };
}

/** Refuses whoever came for values alone and has yet to say why. Errors: `REASON_REQUIRED`. */
export function refuseWithoutReason(request: FastifyRequest, { shows, lack }: Sight): void {
  const rule: ValueRule | undefined = permissionOf(request)?.values;
  const masks = request.principal?.reads.includes('designer');
  if (rule === 'whole' && shows === 'none' && lack === 'REASON_REQUIRED' && !masks) {
    throw new Problem('REASON_REQUIRED');
  }
}
