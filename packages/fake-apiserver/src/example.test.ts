import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createFakeApiServer } from './index.ts';

/** The README's example, line by line: `import`s apart it must be this function's body. */
async function example(): Promise<unknown> {
  const server = await createFakeApiServer({ seed: 42 });
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const configMaps = `${server.url}/api/v1/namespaces/default/configmaps`;

  await fetch(configMaps, {
    method: 'POST',
    headers,
    body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'hello' } }),
  });
  const watch = await fetch(`${configMaps}?watch=1&timeoutSeconds=1`, { headers });
  const [event] = (await watch.text()).split('\n');
  await server.close();
  return JSON.parse(event ?? '');
}

it('the example of the README runs as it stands', async () => {
  expect(await example()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'hello' } } });
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const shown = /```ts\nimport[^\n]*\n\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  const body = /function example[^\n]*\n([\s\S]*?)\n {2}return/.exec(source)?.[1] ?? '';
  const plain = (text: string): string =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('console.log'))
      .join('\n');
  expect(plain(shown)).toBe(plain(body));
});
