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
  before: RolloutState['kind'] | undefined,
  after: RolloutState['kind'],
): Turn | undefined {
  // How it was when somebody began to watch it they can see.
  if (before === undefined || before === after) return undefined;
  return after === 'stuck' || after === 'failed' || after === 'healthy' ? after : undefined;
}

/** `Deployment web is stuck`, and why: the first of its findings. */
export function rolloutNotice(
  of: ObjectQuery,
  turn: Turn,
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
  const lines = turn === 'healthy' ? [tookText(summary), place] : [why, place];
  return {
    of,
    title: `${kind} ${of.name} ${words[turn]}`,
    body: lines.filter((line) => line !== undefined).join('\n'),
  };
}

function tookText(summary: RolloutSnapshot['summary']): string | undefined {
  const { started, ended } = summary ?? {};
  return started === undefined || ended === undefined || ended < started
    ? undefined
    : `It took ${durationText(ended - started)}.`;
}
