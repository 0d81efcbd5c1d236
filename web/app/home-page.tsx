import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePerson } from '../api/session.js';
import { areasOf } from './nav.js';

/** Where somebody begins: the first area of theirs; who has none, at their account. */
export function HomePage(): ReactNode {
  const { roles } = usePerson();
  return <Navigate to={areasOf(roles)[0]?.path ?? '/account'} replace />;
}
