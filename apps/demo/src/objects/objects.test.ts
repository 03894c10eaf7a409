import { describe, expect, it } from 'vitest';
import { demoObjects } from './index.ts';

describe('the objects of the demo', () => {
  it('are the same from the same seed, and others from another', () => {
    expect(demoObjects(1, 0)).toEqual(demoObjects(1, 0));
    expect(demoObjects(1, 0)).not.toEqual(demoObjects(2, 0));
  });

  it('are as many as asked for, and the first stay the same', () => {
    const few = demoObjects(1, 0);
    const many = demoObjects(1, 2000);
    expect(few.length).toBeGreaterThan(300);
    expect(many).toHaveLength(2000);
    expect(many.slice(0, few.length)).toEqual(few);
  });

  it('each have a name of their own', () => {
    const keys = demoObjects(1, 1000).map(({ resource, body: { metadata } }) =>
      [resource, metadata.namespace, metadata.name].join('/'),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
