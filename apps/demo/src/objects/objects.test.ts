import { stringAt } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { demoObjects, fillers } from './index.ts';

describe('the objects of the demo', () => {
  it('are the same from the same seed, and others from another', () => {
    expect(demoObjects(1)).toEqual(demoObjects(1));
    expect(demoObjects(1)).not.toEqual(demoObjects(2));
    expect([...fillers(1, 20)]).toEqual([...fillers(1, 20)]);
    expect([...fillers(1, 20)]).not.toEqual([...fillers(2, 20)]);
  });

  it('are some hundreds, and as many more as asked for', () => {
    expect(demoObjects(1).length).toBeGreaterThan(300);
    expect([...fillers(1, 2000)]).toHaveLength(2000);
    expect([...fillers(1, 0)]).toEqual([]);
  });

  it('each have a name of their own', () => {
    const keys = [...demoObjects(1), ...fillers(1, 700)].map(({ resource, body: { metadata } }) =>
      [resource, metadata.namespace, metadata.name].join('/'),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('that have an owner have one of the demo, in their namespace', () => {
    const objects = demoObjects(1);
    const keys = new Set(
      objects.map(({ body }) =>
        [stringAt(body, 'kind'), body.metadata.namespace, body.metadata.name].join(),
      ),
    );
    const owned = objects.filter(({ owner }) => owner !== undefined);
    expect(owned.length).toBeGreaterThan(50);
    for (const { owner, body } of owned) {
      expect(keys).toContain([owner?.kind, body.metadata.namespace, owner?.name].join());
    }
  });
});
