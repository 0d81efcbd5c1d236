/** Ways of revoking that can be turned back. Deleting cannot, and what a person took away only a person gives back. */
const RESTORABLE: readonly string[] = ['disable', 'registry'];

/** Whether an access that was revoked this way can be restored. Class: pure. */
export const isRestorable = (method: string | null): boolean =>
  method !== null && RESTORABLE.includes(method);
