import type { HealthBar } from '@kindscope/protocol';
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { LaneTrack } from './lane-track.tsx';
import type { Lane } from './lane/lane-reader.ts';
import { laneScale } from './lane/lane-scale.ts';
import { clock } from './testing/a-rollout.ts';
import styles from './lanes.module.css';

afterEach(cleanup);

const at = clock('14:00:00');
const second = 1000;
const scale = laneScale({ from: at, to: at + 100 * second }, 112);

function track(lane: Partial<Lane>): HTMLElement {
  const whole: Lane = { created: at, bars: [], marks: [], events: [], blind: [], ...lane };
  return render(<LaneTrack lane={whole} scale={scale} open={undefined} onOpen={() => {}} />)
    .container;
}

const ready: HealthBar = { from: at + 60 * second, status: 'healthy', word: 'Ready' };

describe('the track of a lane', () => {
  it('has the line of the life below its bars, so that no part of the life is empty', () => {
    const drawn = track({ created: at + 10 * second, bars: [ready] });
    const life = drawn.querySelector<HTMLElement>(`.${styles['life']}`);
    expect(life?.style).toMatchObject({ left: '10px', width: '102px' });
    const bar = drawn.querySelector<HTMLElement>(`.${styles['bar']}`);
    expect(bar?.style.left).toBe('60px');
    // What is drawn later lies over it.
    expect(life?.compareDocumentPosition(bar as Node)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });
});
