/** What stands in the place of what died with the key of its customer. */
export const ERASED = '(erased)';
