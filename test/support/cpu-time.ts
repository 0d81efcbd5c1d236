/**
 * CPU milliseconds that this process has used so far: what work costs, however busy the machine is. Vitest
 * runs the files of one process one after another, and each test of a file alone.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
