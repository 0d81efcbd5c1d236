/** What can trigger an event, or be its result. `none` is an event without definition. */
export type TriggerKind =
  | 'none'
  | 'message'
  | 'timer'
  | 'signal'
  | 'error'
  | 'escalation'
  | 'link'
  | 'terminate';

import type { Computed } from './process.js';

/** The event definition of one event, compiled. */
export type Trigger =
  | { readonly kind: 'none' }
  | { readonly kind: 'terminate' }
  /** `targetId`: a throw's catch on the same level. */
  | { readonly kind: 'link'; readonly name: string; readonly targetId: string | null }
  | {
      readonly kind: 'timer';
      readonly timer: 'date' | 'duration' | 'cycle';
      readonly text: Computed;
    }
  | { readonly kind: 'signal'; readonly name: Computed }
  /** `code` null catches every error. */
  | { readonly kind: 'error'; readonly code: string | null }
  | { readonly kind: 'escalation'; readonly code: string | null }
  | MessageTrigger;

/** A message: caught by name and key, thrown with a time to live (ISO 8601 duration). */
export interface MessageTrigger {
  readonly kind: 'message';
  readonly name: Computed;
  /** Null: the name alone matches. */
  readonly correlationKey: Computed | null;
  readonly messageId: Computed | null;
  readonly timeToLive: Computed | null;
}
