/**
 * Waits for work so long and no longer. One plain timer: a controller, its signal and the error of its end took more of
 * a decision than many a step does. Class: side effect (timer).
 */
export function inTime<T>(work: Promise<T>, ms: number, late: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
