import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const source = new URL('../', import.meta.url);
const document = new URL('../../../../packages/protocol/PROTOCOL.md', import.meta.url);

function rulesIn(text: string, pattern: RegExp): Set<string> {
  return new Set(Array.from(text.matchAll(pattern), ([, rule = '']) => rule));
}

it('every rule of PROTOCOL.md has a test that carries its ID, and no test another', () => {
  const told = rulesIn(readFileSync(document, 'utf8'), /\*\*\[([WTS]\d+)\]\*\*/g);
  const tests = globSync('**/*.test.ts', { cwd: source.pathname })
    .map((file) => readFileSync(new URL(file, source), 'utf8'))
    .join('\n');
  const tested = rulesIn(tests, /(?:it|each\([^)]*\))\(\s*['"`]\[([WTS]\d+)\]/g);
  expect([...tested].toSorted()).toEqual([...told].toSorted());
});
