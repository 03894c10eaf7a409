import type { JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { isWithin, yamlRows, type ChangedField, type YamlRow } from './yaml-rows.ts';

const object: JsonObject = {
  apiVersion: 'v1',
  kind: 'X',
  metadata: { name: 'x', managedFields: [{ manager: 'a' }, { manager: 'b' }] },
  spec: {
    replicas: 5,
    containers: [
      { name: 'web', image: 'web:2', env: [{ name: 'LOG', value: 'info' }] },
      { name: 'proxy', image: 'envoy:1' },
    ],
  },
};

function text(row: YamlRow): string {
  if (row.kind === 'fold') return `${' '.repeat(row.indent)}(${row.lines})`;
  const sign = row.kind === 'removed' ? '-' : row.touched ? '+' : ' ';
  return sign + ' '.repeat(row.line.indent) + row.line.tokens.map((token) => token.text).join('');
}

const rows = (changed: readonly ChangedField[], managedFields = false) =>
  yamlRows(object, { changed, managedFields }).map(text);
const marked = (changed: readonly ChangedField[]) =>
  rows(changed).filter((row) => /^[+-]/u.test(row));

describe('the lines of the YAML', () => {
  it('fold managedFields into one, and count its lines', () => {
    const all = yamlRows(object, { changed: [], managedFields: false });
    expect(all.map(text)).toContain('  (3)');
    const after = all[all.findIndex((row) => row.kind === 'fold') + 1];
    expect(after).toMatchObject({ kind: 'line', number: 8 });
    expect(rows([], true).join('\n')).toContain('manager: b');
  });

  it('mark a value that was replaced, and show the one before it', () => {
    const changed = [{ path: 'spec.replicas', before: 3, after: 5 }];
    expect(marked(changed)).toEqual(['-  replicas: 3', '+  replicas: 5']);
  });

  it('find a field of a list item by its key', () => {
    const changed = [
      { path: 'spec.containers[name=proxy].image', before: 'envoy:0', after: 'envoy:1' },
    ];
    expect(marked(changed)).toEqual(['-    image: envoy:0', '+    image: envoy:1']);
  });

  it('mark an added item whole', () => {
    const env = { name: 'LOG', value: 'info' };
    expect(marked([{ path: 'spec.containers[name=web].env[name=LOG]', after: env }])).toEqual([
      '+    - name: LOG',
      '+      value: info',
    ]);
  });

  it('show what was removed at the end of what it was in', () => {
    const changed = [
      { path: 'spec.paused', before: true },
      { path: 'spec.containers[name=web].env[name=OLD]', before: { name: 'OLD', value: '1' } },
    ];
    const all = rows(changed);
    expect(all.at(-1)).toBe('-  paused: true');
    const env = all.indexOf('       value: info');
    expect(all.slice(env + 1, env + 3)).toEqual(['-    - name: OLD', "-      value: '1'"]);
  });

  it('show a removed field of what is a list item, in its column', () => {
    const all = rows([{ path: 'spec.containers[name=web].tty', before: true }]);
    const next = all.indexOf('   - name: proxy');
    expect(all[next - 1]).toBe('-    tty: true');
  });

  it('leave alone what only looks alike', () => {
    expect(isWithin('spec.replicasMax', 'spec.replicas')).toBe(false);
    expect(isWithin('spec.replicas', 'spec.replicas')).toBe(true);
    expect(isWithin('spec.a[0].b', 'spec.a')).toBe(true);
  });
});
