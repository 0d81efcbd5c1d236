/** What is shown in the place of a text that somebody may not see. Class: data. */
export const MASKED = '⟨masked⟩';
