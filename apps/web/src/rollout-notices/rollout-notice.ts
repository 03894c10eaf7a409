import type { RolloutState } from '@kindscope/protocol';
import type { ObjectQuery, RolloutSnapshot } from '../live/index.ts';
import { durationText } from '../ui/changes/duration-text.ts';

/** What a watched rollout has become, as far as it is told of. */
export type Turn = 'stuck' | 'failed' | 'healthy';

export interface RolloutNotice {
  readonly of: ObjectQuery;
  readonly title: string;
  readonly body: string;
}

/** What is told when a rollout goes from one state to another: that it needs somebody, or that it no longer does. */
export function turnOf(
  before: RolloutState | undefined,
  after: RolloutState['kind'],
): Turn | undefined {
  // How it was when somebody began to watch it they can see.
  if (before === undefined || before.kind === after) return undefined;
  return after === 'stuck' || after === 'failed' || after === 'healthy' ? after : undefined;
}

/** `Deployment web is stuck`, and why: the first of its findings. `before` is how it was until then. */
export function rolloutNotice(
  of: ObjectQuery,
  turn: Turn,
  before: RolloutState,
  { summary, findings, nodes, root }: RolloutSnapshot,
): RolloutNotice {
  const kind = nodes.get(root ?? '')?.kind ?? of.resource.resource;
  const words: Record<Turn, string> = {
    stuck: 'is stuck',
    failed: 'has failed',
    healthy: 'is healthy',
  };
  const place = of.namespace === '' ? undefined : `in ${of.namespace}`;
  const why = findings[0]?.sentence ?? summary?.state.reason;
  const lines = turn === 'healthy' ? [pastText(before, summary), place] : [why, place];
  return {
    of,
    title: `${kind} ${of.name} ${words[turn]}`,
    body: lines.filter((line) => line !== undefined).join('\n'),
  };
}

/** What is over: `It was stuck for 42 s.`, `It took 4 min 12 s.` */
function pastText(before: RolloutState, summary: RolloutSnapshot['summary']): string | undefined {
  const { started, ended, state } = summary ?? {};
  if (before.kind === 'stuck' || before.kind === 'failed') {
    const length = (state?.since ?? before.since) - before.since;
    return length > 0 ? `It was ${before.kind} for ${durationText(length)}.` : undefined;
  }
  return started === undefined || ended === undefined || ended <= started
    ? undefined
    : `It took ${durationText(ended - started)}.`;
}
