import { isLosslessNumber, numberText } from '@kindscope/kube';
import { describe, expect, test } from 'vitest';
import { readListPage } from './list-page.ts';
import { readWatchLine } from './watch-line.ts';

const configMaps = `{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9"},
  "items":[{"metadata":{"name":"a","namespace":"n","resourceVersion":"1"},"data":{"k":"v"}}]}`;

function pageOf(text: string) {
  const result = readListPage(text, undefined);
  if (!result.ok) throw new Error(result.detail);
  return result.page;
}

describe('objects as they are read', () => {
  test('an item of a list and the same object in an event are equal, kind and apiVersion too', () => {
    const [item] = pageOf(configMaps).objects;
    const line = readWatchLine(
      '{"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","namespace":"n","resourceVersion":"1"},"data":{"k":"v"}}}',
      { kind: 'ConfigMap', transform: undefined },
    );
    expect(line.kind === 'object' && line.object.parse()).toEqual(item?.parse());
    expect(item?.key).toBe('n/a');
  });

  test('[I29] numbers keep their digits in lists and in events', () => {
    const object =
      '{"kind":"Flag","metadata":{"name":"a","resourceVersion":"1"},"spec":{"id":1795351674012986412,"ratio":0.10}}';
    const [item] = pageOf(
      `{"kind":"FlagList","metadata":{"resourceVersion":"9"},"items":[${object}]}`,
    ).objects;
    const line = readWatchLine(`{"type":"ADDED","object":${object}}`, {
      kind: 'Flag',
      transform: undefined,
    });
    for (const handle of [item, line.kind === 'object' ? line.object : undefined]) {
      const spec = handle?.parse()['spec'] as Record<string, number>;
      expect(isLosslessNumber(spec['id'])).toBe(true);
      expect(numberText(spec['id'] ?? 0)).toBe('1795351674012986412');
      expect(JSON.stringify(spec)).toBe('{"id":1795351674012986412,"ratio":0.10}');
    }
    expect(item?.key).toBe('/a');
  });

  test('[I15] items without metadata are counted and left out', () => {
    const page = pageOf(
      '{"kind":"FlagList","metadata":{"resourceVersion":"9"},"items":[{"metadata":{}},3,{"metadata":{"name":"a","resourceVersion":"1"}}]}',
    );
    expect(page.objects.map(({ name }) => name)).toEqual(['a']);
    expect(page.skipped).toBe(2);
  });

  test('metadata is read whole, and odd metadata does no harm', () => {
    const [whole, odd] = pageOf(
      `{"kind":"FlagList","metadata":{"resourceVersion":"9"},"items":[
        {"metadata":{"name":"a","resourceVersion":"1","generation":3,"uid":"u","labels":{"x":"y"},
          "creationTimestamp":"2026-01-01T00:00:00Z","deletionTimestamp":"2026-01-02T00:00:00Z",
          "ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"o","controller":true}]}},
        {"metadata":{"name":"b","resourceVersion":"2","labels":{"x":1,"y":"z"},"ownerReferences":"none"}}]}`,
    ).objects;
    expect(whole).toMatchObject({
      generation: 3,
      uid: 'u',
      labels: { x: 'y' },
      creationTimestamp: '2026-01-01T00:00:00Z',
      deletionTimestamp: '2026-01-02T00:00:00Z',
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'o', controller: true }],
    });
    expect(odd).toMatchObject({ labels: { y: 'z' }, ownerReferences: [], generation: undefined });
  });

  test('what is no list is refused, and said', () => {
    for (const text of [
      '<html>',
      '{"kind":"Status"}',
      '[]',
      '{"kind":"FlagList","items":[]}',
      configMaps.slice(0, 80),
    ]) {
      expect(readListPage(text, undefined).ok).toBe(false);
    }
  });

  test('what cannot be read is not repeated, unless it is a proxy’s page: it may be a part of a Secret', () => {
    const read = (line: string) => readWatchLine(line, { kind: 'Secret', transform: undefined });
    for (const line of [
      '"data":{"password":"aHVudGVyMg=="}}',
      '{"object":{"data":"aHVudGVyMg=="}}',
    ]) {
      const { kind, ...rest } = read(line);
      expect(kind).toBe('garbage');
      expect(JSON.stringify(rest)).not.toContain('aHVudGVyMg');
    }
    expect(read('<html>busy</html>')).toMatchObject({
      detail: expect.stringContaining('<html>busy'),
    });
  });
});
