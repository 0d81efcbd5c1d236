/**
 * What a payment pays: the invoice that it names, else the oldest first; inside one fees, interest, principal. Amounts
 * are whole minor units of one currency. Class: pure.
 */

/** What is still owed for an invoice. */
export interface Owed {
  readonly invoiceId: string;
  /** LocalDate. */
  readonly dueDate: string;
  readonly feeMinor: number;
  readonly interestMinor: number;
  readonly principalMinor: number;
}

/** What of a payment goes to an invoice. */
export type Part = Omit<Owed, 'dueDate'>;

/** How a payment is divided; `restMinor` found no invoice. */
export interface Allocation {
  readonly parts: readonly Part[];
  readonly restMinor: number;
}

/** All of a part. Class: pure. */
export const totalOf = ({
  feeMinor,
  interestMinor,
  principalMinor,
}: Pick<Owed, 'feeMinor' | 'interestMinor' | 'principalMinor'>): number =>
  feeMinor + interestMinor + principalMinor;

/**
 * Divides an amount.
 *
 * @param named - the invoice that the payer names; one that is not among `owed` leaves all of it as rest, for then
 *   nobody knows what was meant. What a named invoice does not need goes to nobody either
 */
export function allocate(
  amountMinor: number,
  owed: readonly Owed[],
  named: string | null,
): Allocation {
  const wanted = named === null ? oldestFirst(owed) : owed.filter((one) => one.invoiceId === named);
  const parts: Part[] = [];
  let restMinor = amountMinor;
  for (const one of wanted) {
    const part = partOf(one, restMinor);
    if (totalOf(part) === 0) continue;
    parts.push(part);
    restMinor -= totalOf(part);
  }
  return { parts, restMinor };
}

function partOf({ invoiceId, ...one }: Owed, availableMinor: number): Part {
  const feeMinor = Math.min(one.feeMinor, availableMinor);
  const interestMinor = Math.min(one.interestMinor, availableMinor - feeMinor);
  const left = availableMinor - feeMinor - interestMinor;
  return { invoiceId, feeMinor, interestMinor, principalMinor: Math.min(one.principalMinor, left) };
}

/** By due date, then by id: ids are ordered by time. */
function oldestFirst(owed: readonly Owed[]): readonly Owed[] {
  const keyOf = ({ dueDate, invoiceId }: Owed): string => `${dueDate} ${invoiceId}`;
  return [...owed].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
