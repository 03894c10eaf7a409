import {
  isJsonNumber,
  isJsonObject,
  listAt,
  objectAt,
  property,
  stringAt,
  valueAt,
} from '../json-access.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { numberText } from '../lossless-json.ts';
import { wholeAt } from './object-reading.ts';
import { clipped } from './words.ts';

/** Where a canary stands among its steps. */
export interface RolloutStep {
  /** How many are done. */
  readonly is: number;
  readonly of: number;
  /** The one that is under way: `setWeight 60`; `aborted`; empty where all are done. */
  readonly text: string;
}

/** Where an Argo Rollout stands among its canary steps; undefined where it has none. */
export function rolloutStep(rollout: JsonObject): RolloutStep | undefined {
  const steps = listAt(rollout, 'spec', 'strategy', 'canary', 'steps');
  const index = wholeAt(rollout, 'status', 'currentStepIndex');
  if (steps.length === 0 || index === undefined) {
    return undefined;
  }
  const is = Math.min(index, steps.length);
  const aborted = property(objectAt(rollout, 'status'), 'abort') === true;
  return { is, of: steps.length, text: aborted ? 'aborted' : stepText(steps[is]) };
}

/** A canary step in a few words: `setWeight 60`, `pause 5m`, `analysis success-rate`. */
export function stepText(step: JsonValue | undefined): string {
  const [name] = isJsonObject(step) ? Object.keys(step) : [];
  if (name === undefined) {
    return '';
  }
  const detail = details.get(name)?.(property(step, name) ?? null) ?? '';
  return clipped(`${name} ${detail}`);
}

const details: ReadonlyMap<string, (value: JsonValue) => string> = new Map([
  ['setWeight', scalar],
  ['pause', pauseDetail],
  ['setCanaryScale', canaryScaleDetail],
  ['analysis', templateNames],
  ['experiment', templateNames],
  ['setHeaderRoute', (route: JsonValue) => stringAt(route, 'name') ?? ''],
  ['setMirrorRoute', (route: JsonValue) => stringAt(route, 'name') ?? ''],
  ['plugin', (plugin: JsonValue) => stringAt(plugin, 'name') ?? ''],
]);

/** A number alone counts seconds. */
function pauseDetail(pause: JsonValue): string {
  const duration = scalar(valueAt(pause, 'duration') ?? null);
  return duration === '' ? 'until promoted' : duration.replace(/^\d+$/, '$&s');
}

function canaryScaleDetail(scale: JsonValue): string {
  const weight = scalar(valueAt(scale, 'weight') ?? null);
  return weight === '' ? scalar(valueAt(scale, 'replicas') ?? null) : `${weight}%`;
}

function templateNames(step: JsonValue): string {
  return listAt(step, 'templates')
    .flatMap((template) => stringAt(template, 'templateName') ?? stringAt(template, 'name') ?? [])
    .join(', ');
}

function scalar(value: JsonValue): string {
  if (isJsonNumber(value)) {
    return numberText(value);
  }
  return typeof value === 'string' ? value : '';
}

function available(replicaSet: JsonObject): number {
  return wholeAt(replicaSet, 'status', 'availableReplicas') ?? 0;
}

/**
 * Percent of the traffic that the new version of a canary gets; undefined without steps.
 * Where no traffic is routed it is the share of available pods, all `replicaSets` taken together.
 * Rule: argo-rollouts `pkg/kubectl-argo-rollouts/info/rollout_info.go`, ActualWeight.
 */
export function canaryWeight(
  rollout: JsonObject,
  canary: JsonObject | undefined,
  replicaSets: readonly JsonObject[],
): number | undefined {
  const strategy = valueAt(rollout, 'spec', 'strategy', 'canary');
  if (!isJsonObject(strategy)) {
    return undefined;
  }
  const status = objectAt(rollout, 'status');
  const stable = stringAt(status, 'stableRS');
  const promoted = stable !== undefined && stable === stringAt(status, 'currentPodHash');
  const step = rolloutStep(rollout);
  if (step === undefined) {
    return undefined;
  }
  if (promoted || step.is === step.of) {
    return 100;
  }
  if (valueAt(strategy, 'trafficRouting') === undefined) {
    const all = replicaSets.reduce((sum, replicaSet) => sum + available(replicaSet), 0);
    return all === 0 || canary === undefined ? 0 : Math.floor((available(canary) * 100) / all);
  }
  const most = wholeAt(strategy, 'trafficRouting', 'maxTrafficWeight') || 100;
  const weight = wholeAt(status, 'canary', 'weights', 'canary', 'weight') ?? 0;
  return Math.min(100, Math.floor((weight * 100) / most));
}
