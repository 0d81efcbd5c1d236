/**
 * The failure converter of client and worker: message and stack trace of a failure go through the codec.
 *
 * CommonJS, because the SDK loads it by `require` from a path and bundles it for the workflow sandbox as well; it
 * demands a named export `failureConverter`. Source: Temporal, "Failure converter"; sdk-typescript 1.24,
 * `loadDataConverter`.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
