/** Task queues of the bench. */
export const QUEUES = { jornada: 'bench-jornada', byHand: 'bench-by-hand' } as const;
