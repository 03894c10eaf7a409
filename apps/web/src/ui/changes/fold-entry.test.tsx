import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { foldOf } from './feed-fold.ts';
import { FoldEntry } from './fold-entry.tsx';
import { aChange } from './testing.ts';

afterEach(cleanup);

describe('folded', () => {
  const time = (second: number) => new Date(Date.UTC(2026, 10, 22, 14, 7, second)).toISOString();

  it('heartbeats are one line with the fields, the objects and a count', () => {
    const beats = Array.from({ length: 412 }, (_, index) =>
      aChange({
        classes: ['heartbeat'],
        uid: `u${index % 18}`,
        time: time(index),
        fields: [{ path: 'spec.renewTime' }, { path: 'status.observedAt' }],
      }),
    );
    const fold = foldOf(beats);
    render(<FoldEntry fold={fold} open={false} onToggle={() => undefined} title="checkout" />);
    const { textContent } = screen.getByRole('article');
    expect(textContent).toContain('renewTime, observedAt in 18 objects');
    expect(textContent).toContain('×412 in 6 min 51 s');
    expect(textContent).not.toContain('checkout');
  });

  it('repeats say the object, all of the change, and unfold', () => {
    const steps = [2, 3, 4].map((value) =>
      aChange({
        classes: ['spec'],
        time: time(value),
        fields: [{ path: 'spec.replicas', before: value - 1, after: value }],
      }),
    );
    let toggled = 0;
    const fold = foldOf(steps);
    const toggle = () => (toggled += 1);
    render(<FoldEntry fold={fold} open={false} onToggle={toggle} title="checkout" />);
    const article = screen.getByRole('article');
    expect(article.textContent).toContain('checkout');
    expect(article.querySelector('del')?.textContent).toBe('1');
    expect(article.querySelector('ins')?.textContent).toBe('4');
    fireEvent.click(screen.getByRole('button', { name: '×3 in 2 s', expanded: false }));
    expect(toggled).toBe(1);
  });
});
