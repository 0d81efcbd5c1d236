/** What the tests of the core are written with. */
export { Driver, type JobResult, type Sent, startFixture } from './core-driver.js';
export { compileFixture, type Fixture } from './core-fixture.js';
export { nothing, proveRows, type Row, type Shown, shownOf } from './core-table.js';
