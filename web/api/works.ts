/** Who acts upon tasks, and who reads alone. */
import { usePerson } from './session.js';

/** Whether whoever looks may act upon tasks; else nothing is offered that the server would refuse. */
export function useWorks(): boolean {
  const { roles } = usePerson();
  return roles.includes('csm') || roles.includes('admin');
}
