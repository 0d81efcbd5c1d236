/** A timer's whole future, as the state keeps it. Instants are ISO 8601 UTC with milliseconds. */
export interface TimerSeries {
  readonly kind: 'date' | 'duration' | 'cycle';
  readonly text: string;
  readonly zone: string;
  readonly anchorAt: string;
  /** Occurrences left, the due one included; null when unbounded. */
  readonly remaining: number | null;
  readonly occurrence: number;
  readonly dueAt: string;
}
