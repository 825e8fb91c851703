/** The secret of all test servers and workers, so that each opens what another has sealed. */
export const TEST_SECRET = 'a secret of the tests, thirty-two characters or more';
