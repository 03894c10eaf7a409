import { expect, it } from 'vitest';
import { fakeInfo, widgets } from '../fanout/testing/fake-catalog.ts';
import { fakeHandle } from '../fanout/testing/fake-object.ts';
import { draftsOf } from './change-draft.ts';
import { createFormerLives } from './former-lives.ts';

const watch = { by: 'watch' } as const;
const time = Date.UTC(2026, 10, 22, 14);

function created(name: string, uid: string) {
  const event = {
    kind: 'add',
    new: fakeHandle({ name, uid }, '5'),
    initial: false,
    seen: watch,
  } as const;
  return changeOf(event);
}

function deleted(name: string, uid: string) {
  const old = fakeHandle({ name, uid }, '4');
  return changeOf({ kind: 'delete', old, last: old, tombstone: false, seen: watch });
}

function changeOf(event: Parameters<typeof draftsOf>[0]['event']) {
  const [draft] = draftsOf({ resource: fakeInfo(widgets), event, time });
  if (draft === undefined) throw new Error('the event is no change');
  return draft.change;
}

it('[T3] a new object under the name of a deleted one is a new life of it, once', () => {
  const lives = createFormerLives();
  lives.tell(deleted('x', 'one'));
  expect(lives.tell(created('x', 'two'))).toMatchObject({
    classes: ['recreated', 'created'],
    formerLife: { uid: 'one', ended: '2026-11-22T14:00:00.000Z' },
  });
  expect(lives.tell(created('x', 'three')).classes).toEqual(['created']);
  expect(lives.tell(created('y', 'four')).classes).toEqual(['created']);
});

it('[T3] the same object found again is no new life', () => {
  const lives = createFormerLives();
  lives.tell(deleted('x', 'one'));
  expect(lives.tell(created('x', 'one')).classes).toEqual(['created']);
});

it('remembers the names that were last deleted, and forgets the oldest', () => {
  const lives = createFormerLives(2);
  for (const name of ['v', 'w', 'x', 'y', 'z']) lives.tell(deleted(name, 'one'));
  expect(lives.tell(created('v', 'two'))).not.toHaveProperty('formerLife');
  expect(lives.tell(created('y', 'two'))).toHaveProperty('formerLife');
  expect(lives.tell(created('z', 'two'))).toHaveProperty('formerLife');
});
