import { expect, it } from 'vitest';
import readme from '../README.md?raw';
import * as kube from './index.ts';

it("prints what the README's example says that it prints", () => {
  const example = /```js\n([^]*?)```/.exec(readme)?.[1] ?? '';
  const [, names = '', body = ''] =
    /^import (\{[^}]*\}) from '@kindscope\/kube';([^]*)$/.exec(example) ?? [];
  const printed: unknown[] = [];
  const log = (...values: unknown[]) => printed.push(...values);
  // oxlint-disable-next-line typescript/no-implied-eval -- the example is our own text
  new Function('kube', 'console', `const ${names} = kube;${body}`)(kube, { log });
  expect(printed).toEqual([
    ['spec'],
    '[{"path":"spec.id","before":1795351674012986412,"after":1795351674012986413}]',
    true,
    'unknown',
  ]);
  for (const value of printed.filter((value) => typeof value === 'string')) {
    expect(example).toContain(value);
  }
});
