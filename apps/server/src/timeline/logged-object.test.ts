import { describe, expect, it } from 'vitest';
import { createLoggedObjects } from './logged-object.ts';

const resource = { group: '', version: 'v1', resource: 'pods' };
const pod = { resource, kind: 'Pod', namespace: 'a', name: 'x', uid: '1' };

describe('the objects that changes are of', () => {
  it('are one record as long as changes use it', () => {
    const objects = createLoggedObjects();
    const first = objects.use(pod);
    expect(objects.use({ ...pod })).toBe(first);
    objects.release(first);
    expect(objects.use({ ...pod })).toBe(first);
    objects.release(first);
    objects.release(first);
    expect(objects.use({ ...pod })).not.toBe(first);
  });

  it('share labels that are the same, and no others', () => {
    const objects = createLoggedObjects();
    const object = objects.use(pod);
    const last = (labels: Record<string, string>) =>
      objects.share(object, { before: undefined, after: labels }).after;
    const first = last({ app: 'web' });
    expect(last({ app: 'web' })).toBe(first);
    for (const other of [{ app: 'web', tier: 'a' }, { tier: 'a' }, { tier: 'b' }, {}]) {
      expect(last(other)).toBe(other);
    }
    expect(objects.share(object, { before: first, after: undefined })).toEqual({
      before: first,
      after: undefined,
    });
  });
});
