/** The key of the tests' personal data; of no other use. */
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');
/** How long an hour of a drill lasts in the tests: half of the default, which somebody would wait for. */
export const TEST_DRILL_HOUR_MS = 30_000;
