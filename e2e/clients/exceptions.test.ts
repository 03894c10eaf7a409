import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exceptions } from './exceptions.ts';

const readme = readFileSync(
  join(import.meta.dirname, '../../packages/fake-apiserver/README.md'),
  'utf8',
);

test.for(Object.entries(exceptions))('the README tells of %s', ([, { reason }]) => {
  expect(readme).toContain(`- ${reason}\n`);
});
