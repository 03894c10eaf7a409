import { Value } from 'typebox/value';
import { expect, it } from 'vitest';
import text from '../README.md?raw';
import { ClientMessage, subprotocol } from './index.ts';

it("the README's example does what it says", () => {
  const [, code = ''] = /^```ts\n(.*?)^```$/ms.exec(text) ?? [];
  const body = code.replaceAll(/^import .*$/gm, '').replace(': ClientMessage', '');
  const said: unknown[] = [];
  const console = { log: (...values: unknown[]) => said.push(values.join(' ')) };
  // oxlint-disable-next-line no-new-func, no-implied-eval -- our own README
  const run = new Function('ClientMessage', 'subprotocol', 'Value', 'console', body);
  run(ClientMessage, subprotocol, Value, console);
  expect(code).toContain(`// ${String(said[0])}`);
});
