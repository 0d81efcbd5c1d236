/**
 * CPU milliseconds that this process has used so far: what work costs, however busy the machine is. Test files
 * run in processes of their own, one test at a time.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
