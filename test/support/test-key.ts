/** The key of the tests' personal data; of no other use. */
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');
