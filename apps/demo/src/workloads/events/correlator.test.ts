import { describe, expect, it } from 'vitest';
import type { Announcement } from '../deed.ts';
import { createCorrelator } from './correlator.ts';

function about(name: string, message: string): Announcement {
  const metadata = { name, namespace: 't', uid: name };
  return { kind: 'announce', about: { metadata }, type: 'Normal', reason: 'Tested', message };
}

describe('correlating events as client-go does', () => {
  it('counts the same words about the same thing', () => {
    const correlator = createCorrelator();
    const first = correlator.observe('c', about('a', 'hello'), 0);
    if (first.kind === 'new') first.remember('a.1');
    expect(correlator.observe('c', about('a', 'hello'), 1)).toMatchObject({
      kind: 'again',
      name: 'a.1',
      count: 2,
    });
    expect(correlator.observe('c', about('a', 'other'), 1).kind).toBe('new');
    expect(correlator.observe('c', about('b', 'hello'), 1).kind).toBe('new');
    expect(correlator.observe('d', about('a', 'hello'), 1).kind).toBe('new');
  });

  it('combines different words about one thing within ten minutes, from the tenth on', () => {
    const correlator = createCorrelator();
    for (let index = 0; index < 9; index += 1) {
      expect(correlator.observe('c', about('a', `${index}`), index)).toMatchObject({
        message: `${index}`,
      });
    }
    const tenth = correlator.observe('c', about('a', 'more'), 10);
    expect(tenth).toMatchObject({
      kind: 'new',
      message: '(combined from similar events): more',
    });
    if (tenth.kind === 'new') tenth.remember('a.10');
    expect(correlator.observe('c', about('a', 'still more'), 11)).toMatchObject({
      kind: 'again',
      message: '(combined from similar events): still more',
      count: 2,
    });
    expect(correlator.observe('c', about('a', 'later'), 700_000)).toMatchObject({
      message: 'later',
    });
  });

  it('tells no more than 25 about one object at once, and one each five minutes after that', () => {
    const correlator = createCorrelator();
    const kinds = Array.from(
      { length: 30 },
      () => correlator.observe('c', about('a', 'x'), 0).kind,
    );
    expect(kinds.filter((kind) => kind === 'dropped')).toHaveLength(5);
    expect(correlator.observe('c', about('a', 'x'), 299_000).kind).toBe('dropped');
    expect(correlator.observe('c', about('a', 'x'), 600_000).kind).not.toBe('dropped');
  });

  it('takes an event that has gone for a new one', () => {
    const correlator = createCorrelator();
    const first = correlator.observe('c', about('a', 'hello'), 0);
    if (first.kind === 'new') first.remember('a.1');
    const second = correlator.observe('c', about('a', 'hello'), 1);
    if (second.kind === 'again') second.forget();
    expect(correlator.observe('c', about('a', 'hello'), 2).kind).toBe('new');
  });
});
