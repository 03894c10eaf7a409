import { parseJson } from '@kindscope/kube';
import type { Change } from '@kindscope/protocol';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { clockTime, clockTimeMs } from '../time.ts';
import { ChangeEntry } from './change-entry.tsx';
import { GapLine } from './gap-line.tsx';
import { aChange } from './testing.ts';

afterEach(cleanup);

function entry(facts: Partial<Change>, rest: { effect?: string } = {}) {
  const change = aChange(facts);
  render(<ChangeEntry change={change} title={change.name} {...rest} />);
  return screen.getByRole('article');
}

describe('a change as a sentence', () => {
  it('says the object, the time to the millisecond, and its class as a named glyph', () => {
    const article = entry({ classes: ['spec', 'status'] });
    expect(article.textContent).toContain('checkout');
    expect(article.textContent).toContain(clockTimeMs('2026-11-22T14:12:08.412Z'));
    expect(screen.getByRole('img', { name: 'Spec' })).toBeTruthy();
  });

  it('writes a changed field with before and after', () => {
    const article = entry({
      classes: ['spec'],
      fields: [
        {
          path: 'spec.template.spec.containers[name=web].image',
          before: 'web:1.41.0',
          after: 'web:1.42.0',
        },
      ],
      managers: [{ manager: 'kubectl-set', operation: 'Update' }],
    });
    expect(article.querySelector('del')?.textContent).toBe('web:1.41.0');
    expect(article.querySelector('ins')?.textContent).toBe('web:1.42.0');
    expect(article.textContent).toContain('containers[name=web].image');
    expect(article.textContent).toContain('kubectl-set, Update');
  });

  it('says of a write that changed no field just that', () => {
    const article = entry({ classes: ['metadata'], fields: [] });
    expect(article.textContent).toContain('written again, every field as it was');
    cleanup();
    expect(entry({ classes: ['created'], fields: [] }).textContent).not.toContain('written');
  });

  it('says added and removed where there is only one side', () => {
    const article = entry({
      classes: ['metadata'],
      fields: [
        { path: 'metadata.labels.tier', after: 'web' },
        { path: 'metadata.annotations.note', before: 'old' },
      ],
    });
    expect(article.textContent).toContain('metadata.labels.tieraddedweb');
    expect(article.textContent).toContain('metadata.annotations.noteremovedold');
  });

  it('writes a condition with its duration and reason, and not its fields again', () => {
    const article = entry({
      classes: ['condition', 'status'],
      conditions: [
        {
          type: 'Progressing',
          from: 'True',
          to: 'False',
          reason: 'ProgressDeadlineExceeded',
          heldMs: 252_000,
        },
      ],
      fields: [
        { path: 'status.conditions[type=Progressing].status', before: 'True', after: 'False' },
        { path: 'status.phase', before: 'Progressing', after: 'Degraded' },
      ],
      managers: [{ manager: 'argo-rollouts', operation: 'Update', subresource: 'status' }],
    });
    expect(article.textContent).toContain('Progressing True → False after 4 min 12 s');
    expect(article.textContent).toContain('ProgressDeadlineExceeded');
    expect(article.textContent).not.toContain('conditions[type=Progressing]');
    expect(article.textContent).toContain('status.phase');
    expect(article.textContent).toContain('argo-rollouts via status');
    expect(article.querySelector('[data-tone=bad]')?.textContent).toBe('False');
  });

  it('does not say the order of conditions beside what they say', () => {
    const article = entry({
      classes: ['condition', 'status'],
      conditions: [{ type: 'Paused', from: 'False', to: 'True' }],
      fields: [{ path: 'status.conditions[*]', before: ['a', 'b'], after: ['b', 'a'] }],
    });
    expect(article.textContent).toContain('Paused False → True');
    expect(article.textContent).not.toContain('status.conditions');
  });

  it('takes apart an object that was added whole, and says its conditions once', () => {
    const article = entry({
      classes: ['condition', 'status'],
      conditions: [{ type: 'Ready', to: 'True' }],
      fields: [{ path: 'status', after: { phase: 'Ready', conditions: [{ type: 'Ready' }] } }],
    });
    expect(article.textContent).toContain('status.phaseaddedReady');
    expect(article.textContent).not.toContain('status.conditions');
  });

  it('says how many fields it leaves out, those of a bounded change included', () => {
    const fields = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ path: `spec.${name}`, after: 1 }));
    const article = entry({ classes: ['spec'], fields, omitted: 4 });
    expect(article.textContent).toContain('and 5 more fields');
  });

  it('says created, and that the name had an owner before', () => {
    expect(entry({ classes: ['created'] }).textContent).toContain('created');
    cleanup();
    const ended = '2026-11-22T13:58:00.000Z';
    const formerLife = { uid: 'uid-before', ended };
    const again = entry({ classes: ['recreated', 'created'], formerLife });
    expect(again.textContent).toContain(
      `new life of the name, the last one ended ${clockTime(ended)}`,
    );
  });

  it('says that deletion was asked for instead of the fields that say so', () => {
    const article = entry({
      classes: ['deleting'],
      fields: [
        { path: 'metadata.deletionTimestamp', after: '2026-11-22T14:12:08Z' },
        { path: 'metadata.deletionGracePeriodSeconds', after: 0 },
      ],
    });
    expect(article.textContent).toContain('deletion asked for; it is still there');
    expect(article.textContent).not.toContain('metadata.');
  });

  it('says deleted, and when only a relist found it so', () => {
    expect(entry({ classes: ['deleted'] }).textContent).toContain('deleted');
    cleanup();
    const { to: _to, ...found } = aChange({ classes: ['deleted'], seen: 'relist' });
    render(<ChangeEntry change={found} title="checkout" />);
    expect(screen.getByRole('article').textContent).toContain('its last state was not seen');
  });

  it('says the interval in which a change that a relist found happened', () => {
    const notBefore = '2026-11-22T14:11:31.000Z';
    const time = '2026-11-22T14:11:46.000Z';
    const article = entry({ seen: 'relist', notBefore, time });
    expect(article.textContent).toContain(
      `between ${clockTime(notBefore)} and ${clockTime(time)}, found by a relist`,
    );
  });

  it('keeps every digit of a number', () => {
    const article = entry({
      fields: [
        {
          path: 'status.generation',
          before: 4,
          after: parseJson('12345678901234567890'),
        },
      ],
    });
    expect(article.querySelector('ins')?.textContent).toBe('12345678901234567890');
  });

  it('says how it moved relative to the selector', () => {
    expect(entry({ effect: 'leave' }, { effect: 'left tier=web' }).textContent).toContain(
      'left tier=web',
    );
  });
});

describe('a gap', () => {
  const from = '2026-11-22T14:11:31.000Z';
  const to = '2026-11-22T14:11:46.000Z';
  const span = `${clockTime(from)} – ${clockTime(to)}`;

  it('says from when to when, how many, and that history filled it', () => {
    render(<GapLine gap={{ from, to, count: 27, reason: 'unwatched', filled: true }} />);
    expect(screen.getByText(`Not watched ${span}. 27 changes, filled from history.`)).toBeTruthy();
  });

  it('does not make up a number that nobody knows', () => {
    render(<GapLine gap={{ from, to, reason: 'unwatched', filled: false }} />);
    expect(screen.getByText(/steps in between are not known/u)).toBeTruthy();
  });

  it('says that this page was slow', () => {
    render(<GapLine gap={{ from, to, count: 1, reason: 'slow', filled: false }} />);
    expect(screen.getByText(`This page fell behind ${span}. 1 change not shown.`)).toBeTruthy();
  });
});
