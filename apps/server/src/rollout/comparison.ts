import {
  diffObjects,
  kindOf,
  laneFacts,
  laneStatus,
  objectAt,
  rolloutProgress,
  stringAt,
  templatesOf,
  valueAt,
  type DiffOptions,
  type JsonObject,
  type RevisionTemplate,
} from '@kindscope/kube';
import type { FieldChange, RolloutComparison, RolloutRun, RolloutState } from '@kindscope/protocol';
import { boundFields } from '../timeline/bounded-fields.ts';
import type { StateSpan } from '../timeline/revision-log.ts';
import { specOf, stepsOf } from './comparison-steps.ts';

/** Older rollouts are not told. */
const mostRuns = 10;

/** What is known of an object's rollouts. */
export interface RolloutHistory {
  readonly root: JsonObject;
  /** All that it owns. */
  readonly owned: readonly JsonObject[];
  /** States of the root that were seen, oldest first. */
  readonly states: readonly StateSpan[];
  /** How it stands now. */
  readonly standing: RolloutState['kind'];
  readonly listKeys: DiffOptions['listKeys'];
}

/** States of an object under the same spec, oldest first: one rollout of it, as far as it was seen. */
interface Stretch {
  readonly states: readonly StateSpan[];
  /** The last state of the one before, where nothing was missed between them. */
  readonly before: StateSpan | undefined;
}

/** The newest rollout of an object beside those before it, as far as anybody saw them or they are still there. */
export function compareRollouts(history: RolloutHistory): RolloutComparison {
  if (kindOf(history.root) === 'CronJob.batch') return compareJobs(history);
  const templates = templatesOf(history.root, history.owned);
  const stretches = stretchesOf(history.states, templates.length > 0);
  const seen = stretches
    .map((stretch, place) => runOf(history, stretch, stretches[place + 1], templates))
    .reverse();
  const runs = [...seen, ...keptRuns(templates, seen)].slice(0, mostRuns);
  const spec = specChange(history, templates, stretches);
  return { runs, ...(spec !== undefined && { spec }), lacks: lacksOf(runs, spec) };
}

/** What makes a rollout another one: of what keeps revisions the pod template, of others the spec. */
function stretchesOf(states: readonly StateSpan[], keepsRevisions: boolean): Stretch[] {
  const stretches: { readonly states: StateSpan[]; readonly before: StateSpan | undefined }[] = [];
  let last = '';
  for (const [place, state] of states.entries()) {
    const keys = keepsRevisions ? ['spec', 'template'] : ['spec'];
    const key = JSON.stringify(valueAt(state.object, ...keys) ?? null);
    const before = states[place - 1];
    if (place > 0 && key === last) {
      stretches.at(-1)?.states.push(state);
    } else {
      stretches.push({ states: [state], before: before?.to === state.from ? before : undefined });
    }
    last = key;
  }
  return stretches;
}

function runOf(
  history: RolloutHistory,
  stretch: Stretch,
  next: Stretch | undefined,
  templates: readonly RevisionTemplate[],
): RolloutRun {
  const { states, before } = stretch;
  const isNewest = next === undefined;
  const revision = revisionOf(states, templates, isNewest);
  const started =
    startOf(stretch) ??
    (isNewest
      ? rolloutProgress(history.root, history.owned.map(owned(history.root))).started
      : firstUse(
          templates,
          templates.findIndex((template) => template.revision === revision),
        ));
  return {
    ...(revision !== undefined && { revision }),
    ...(started !== undefined && { started }),
    ...(isNewest ? endNow(history, stretch) : endBy(stretch, next)),
    steps: stepsOf(before === undefined ? states : [before, ...states]),
  };
}

/** When a revision was first rolled out. One that was brought back is older than what was there before it. */
function firstUse(templates: readonly RevisionTemplate[], place: number): number | undefined {
  const created = templates[place]?.created;
  if (created === undefined) return undefined;
  return templates.slice(place + 1).every((older) => older.created <= created)
    ? created
    : undefined;
}

function owned(root: JsonObject) {
  const parent = stringAt(root, 'metadata', 'uid') ?? '';
  return (object: JsonObject) => ({
    uid: stringAt(object, 'metadata', 'uid') ?? '',
    parent,
    object,
  });
}

/** By what the object says of itself then, else by the revision that it named. */
function revisionOf(
  states: readonly StateSpan[],
  templates: readonly RevisionTemplate[],
  isNewest: boolean,
): string | undefined {
  const last = states.at(-1)?.object;
  if (last === undefined) return undefined;
  const named = stringAt(last, 'status', 'updateRevision');
  const current = isNewest ? templates.find((template) => template.current) : undefined;
  return (
    current?.revision ??
    laneFacts(last).revision ??
    templates.find(({ name }) => name === named)?.revision
  );
}

/** Where it was seen to begin: a change of the spec, or the creation of the object. */
function startOf({ states, before }: Stretch): number | undefined {
  const [first] = states;
  if (first === undefined) return undefined;
  if (before !== undefined) return first.from;
  const created = Date.parse(stringAt(first.object, 'metadata', 'creationTimestamp') ?? '');
  // Times of objects are whole seconds.
  const isBirth = Number.isFinite(first.from) && first.from - created < 2000;
  return isBirth ? first.from : undefined;
}

type RunEnd = Pick<RolloutRun, 'ended' | 'outcome'>;

function firstHealthy({ states }: Stretch): StateSpan | undefined {
  return states.find(({ object }) => laneStatus(object).status === 'healthy');
}

function endNow({ root, owned: parts, standing }: RolloutHistory, stretch: Stretch): RunEnd {
  if (standing !== 'healthy') {
    return { outcome: standing === 'failed' ? 'failed' : 'under way' };
  }
  const seen = startOf(stretch) === undefined ? undefined : firstHealthy(stretch)?.from;
  const ended = seen ?? rolloutProgress(root, parts.map(owned(root))).ended;
  return { outcome: 'healthy', ...(ended !== undefined && { ended }) };
}

/** How one ended that has a successor. */
function endBy(stretch: Stretch, next: Stretch): RunEnd {
  const healthy = firstHealthy(stretch);
  if (healthy !== undefined) {
    const isSeen = startOf(stretch) !== undefined;
    const ended = isSeen ? healthy.from : rolloutProgress(healthy.object, []).ended;
    return { outcome: 'healthy', ...(ended !== undefined && { ended }) };
  }
  const ended = startOf(next);
  const last = stretch.states.at(-1);
  const isWhole = stretch.states.every(
    ({ to }, place) => to === (stretch.states[place + 1] ?? next.states[0])?.from,
  );
  if (last === undefined || !isWhole) return { outcome: 'unknown' };
  const failed = laneStatus(last.object).status === 'failing';
  return { outcome: failed ? 'failed' : 'superseded', ...(ended !== undefined && { ended }) };
}

/**
 * Of rollouts that nobody saw the object may have kept the revision. When the next one began is not
 * when they ended.
 */
function keptRuns(
  templates: readonly RevisionTemplate[],
  seen: readonly RolloutRun[],
): RolloutRun[] {
  const revisions = new Set(seen.map(({ revision }) => revision));
  const isTold = revisions.has(undefined)
    ? (place: number) => place < seen.length
    : (place: number) => revisions.has(templates[place]?.revision);
  return templates.flatMap((template, place) => {
    if (isTold(place)) return [];
    const { revision } = template;
    const started = firstUse(templates, place);
    return {
      ...(revision !== undefined && { revision }),
      ...(started !== undefined && { started }),
      outcome: 'unknown' as const,
      steps: [],
    };
  });
}

function specChange(
  { listKeys }: RolloutHistory,
  templates: readonly RevisionTemplate[],
  stretches: readonly Stretch[],
): FieldChange[] | undefined {
  const [newest, before] = templates;
  const options = listKeys === undefined ? {} : { listKeys };
  if (newest?.current === true && before !== undefined) {
    return bounded(diffObjects(inSpec(before.template), inSpec(newest.template), options));
  }
  const [former, last] = stretches.slice(-2).map(({ states }) => states);
  const [was, is] = [former?.at(-1)?.object, last?.[0]?.object];
  if (was === undefined || is === undefined) return undefined;
  return bounded(diffObjects(specOf(was), specOf(is), options));
}

function inSpec(template: JsonObject): JsonObject {
  return { spec: { template } };
}

function bounded(fields: readonly FieldChange[]): FieldChange[] {
  return boundFields(fields).fields;
}

function lacksOf(runs: readonly RolloutRun[], spec: FieldChange[] | undefined): string[] {
  const [newest, before] = runs;
  const lacks: string[] = [];
  if (newest !== undefined && newest.started === undefined) {
    lacks.push('Nobody watched this rollout begin: its first steps are missing.');
  }
  if (before === undefined) {
    lacks.push('Of a rollout before this one nothing is known: nobody watched it.');
  } else if (before.outcome === 'unknown') {
    lacks.push('Nobody watched the rollout before this one: how it went is not known.');
  }
  if (before !== undefined && spec === undefined) {
    lacks.push('What this rollout changed in the spec is not known: the spec before was not seen.');
  }
  return lacks;
}

/** Each Job of a CronJob is a rollout of its own. */
function compareJobs({ owned: parts, root, listKeys }: RolloutHistory): RolloutComparison {
  const uid = stringAt(root, 'metadata', 'uid');
  const jobs = parts
    .filter((part) => kindOf(part) === 'Job.batch' && stringAt(part, 'metadata', 'uid') !== uid)
    .map((job) => ({ job, progress: rolloutProgress(job, []) }))
    .sort((a, b) => (b.progress.started ?? 0) - (a.progress.started ?? 0));
  const runs = jobs.slice(0, mostRuns).map(({ job, progress: { started, ended } }) => ({
    ...(started !== undefined && { started }),
    ...(ended !== undefined && { ended }),
    outcome: outcomeOf(job, ended),
    steps: ended === undefined ? [] : [{ at: ended, text: laneStatus(job).word }],
  }));
  const [newest, before] = jobs.map(({ job }) => ({
    spec: { template: { spec: objectAt(job, 'spec', 'template', 'spec') } },
  }));
  const options = listKeys === undefined ? {} : { listKeys };
  return {
    runs,
    ...(newest && before && { spec: bounded(diffObjects(before, newest, options)) }),
    lacks: runs.length === 1 ? ['It has no other Job: the one before is no longer kept.'] : [],
  };
}

function outcomeOf(job: JsonObject, ended: number | undefined): RolloutRun['outcome'] {
  if (laneStatus(job).status === 'failing') return 'failed';
  return ended === undefined ? 'under way' : 'healthy';
}
