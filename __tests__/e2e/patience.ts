// Deploys take seconds to minutes: one limit for all tests, which a hung command reaches and a slow machine does not.
jest.setTimeout(300_000);
