import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './system-clock.ts';

describe('the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

  it('waits for longer than a timer can', () => {
    const callback = vi.fn<() => void>();
    systemClock.after(MONTH_MS, callback);
    vi.advanceTimersByTime(MONTH_MS - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('calls nobody once it is cancelled, however late', () => {
    const callback = vi.fn<() => void>();
    const cancel = systemClock.after(MONTH_MS, callback);
    vi.advanceTimersByTime(MONTH_MS - 1);
    cancel();
    vi.advanceTimersByTime(MONTH_MS);
    expect(callback).not.toHaveBeenCalled();
  });
});
