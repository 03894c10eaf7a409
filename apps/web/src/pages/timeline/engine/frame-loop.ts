/** One loop of frames, which runs only while something changes. */
export interface FrameLoop {
  /** Draws in the next frame; asked twice before it, it draws once. */
  readonly invalidate: () => void;
  /** Draws again that much later, milliseconds, unless something comes before. */
  readonly later: (ms: number) => void;
  readonly close: () => void;
}

export function createFrameLoop(deps: {
  readonly onFrame: (run: () => void) => () => void;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly draw: () => void;
}): FrameLoop {
  let cancelFrame: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;
  let closed = false;
  const invalidate = (): void => {
    // What was asked for before the end may be answered after it.
    if (closed) return;
    cancelFrame ??= deps.onFrame(() => {
      cancelFrame = undefined;
      cancelTimer?.();
      deps.draw();
    });
  };
  return {
    invalidate,
    later: (ms) => {
      if (closed) return;
      cancelTimer?.();
      cancelTimer = deps.after(ms, invalidate);
    },
    close: () => {
      closed = true;
      cancelFrame?.();
      cancelTimer?.();
    },
  };
}
