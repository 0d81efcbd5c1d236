/**
 * Turns what a check left behind into counts. A result is
 * `{ passed, failed, skipped: names of tests, problems: texts }`. Class: pure.
 */

/** A static check counts as one. */
export function staticResult(exitCode) {
  const failed = exitCode === 0 ? 0 : 1;
  const problems = failed ? [`exit code ${exitCode}`] : [];
  return { passed: 1 - failed, failed, skipped: [], problems };
}

/**
 * Counts the JSON report of one vitest run. What keeps tests from running counts as a failure of its own: a file that
 * does not load, a run without a test or a report, an error outside any test.
 *
 * @param {number} exitCode of vitest
 * @param {() => string} read gives the report's text; throws when there is none
 */
export function readReport(exitCode, read) {
  let files;
  try {
    files = JSON.parse(read()).testResults;
  } catch (error) {
    return { passed: 0, failed: 1, skipped: [], problems: [`no report: ${error.message}`] };
  }
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const named = (...states) =>
    tests.filter(({ status }) => states.includes(status)).map(({ fullName }) => fullName);
  const passed = named('passed').length;
  const problems = [
    ...named('failed'),
    ...files.filter(isBroken).map(({ name, message }) => `${name}: ${message}`),
  ];
  if (passed + problems.length === 0) problems.push('no test ran');
  if (exitCode !== 0 && problems.length === 0) problems.push(`vitest ended with ${exitCode}`);
  return {
    passed,
    failed: problems.length,
    skipped: named('pending', 'skipped', 'todo', 'disabled'),
    problems,
  };
}

/** A file that failed although none of its tests did: it does not load, or a hook of it failed. */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}
