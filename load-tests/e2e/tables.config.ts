import base from './playwright.config.ts';

/** Tables of figures, made by `bin/bench`; nothing in them fails but what cannot be measured. */
export default { ...base, testDir: 'tables', testMatch: '*.table.ts', retries: 0, timeout: 3_600_000, reporter: [['list']] as const };
