import { conditionOf, countAt, isMet, listAt, stringAt, type JsonObject } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { withFindings, type Finding } from './conditions.ts';
import type { Controller, Decision, Look } from './controller.ts';
import { generationOf, isObserved } from './observation.ts';

/**
 * Rolls an application out, a few replicas at a time, or scales it.
 *
 *   new spec → Reconciling, step by step → Available
 *                    └ the image cannot be pulled → Stalled, until the next spec
 */
export const applicationController: Controller = {
  manager: 'application-controller',
  gvr: gvrOf('apps.shop.example/v2', 'applications'),
  decide(look) {
    const { object } = look;
    if (look.initial && object['status'] === undefined) return report(look, finished(object));
    if (!isObserved(object)) return report(look, begun(object));
    return look.due && isMet(object, 'Reconciling') ? report(look, advanced(object)) : {};
  },
};

/** How far it is. */
interface Progress {
  readonly phase: 'rolling' | 'scaling' | 'stalled' | 'done';
  readonly replicas: number;
  readonly updated: number;
  readonly available: number;
}

const stepMs = 1200;

/** An image with such a tag cannot be pulled: how a demo gets stuck. */
const brokenTag = /-broken$/;

function finished(object: JsonObject): Progress {
  const wanted = wantedOf(object);
  return { phase: 'done', replicas: wanted, updated: wanted, available: wanted };
}

function begun(object: JsonObject): Progress {
  const { replicas, updated, available } = countsOf(object);
  const sameImage = imageOf(object) === stringAt(object, 'status', 'image');
  if (sameImage && wasWhole(object) && replicas !== wantedOf(object)) {
    return { phase: 'scaling', replicas, updated, available };
  }
  // Back to the image that still runs: what has not been replaced need not be brought back.
  const kept = sameImage && updated < replicas ? Math.min(replicas - updated, wantedOf(object)) : 0;
  return { phase: 'rolling', updated: kept, ...standing(object, kept, kept) };
}

/** All its replicas ran one spec before this one came. */
function wasWhole(object: JsonObject): boolean {
  const reason = conditionOf(object, 'Reconciling')?.reason;
  return reason === 'Complete' || reason === 'Scaling';
}

function advanced(object: JsonObject): Progress {
  const { replicas, updated } = countsOf(object);
  const wanted = wantedOf(object);
  const stride = Math.ceil(Math.max(1, wanted, replicas) / 6);
  if (conditionOf(object, 'Reconciling')?.reason === 'Scaling') {
    const moved = replicas + Math.max(-stride, Math.min(stride, wanted - replicas));
    const phase = moved === wanted ? 'done' : 'scaling';
    return { phase, replicas: moved, updated: moved, available: moved };
  }
  if (wanted > 0 && brokenTag.test(imageOf(object))) {
    return { phase: 'stalled', updated: 1, ...standing(object, 1, 0) };
  }
  const next = Math.min(wanted, updated + stride);
  return next === wanted
    ? finished(object)
    : { phase: 'rolling', updated: next, ...standing(object, next, next) };
}

/** What there is, and what serves, while so many are updated and so many of those serve. */
function standing(
  object: JsonObject,
  updated: number,
  serving: number,
): Pick<Progress, 'replicas' | 'available'> {
  const wanted = wantedOf(object);
  switch (stringAt(object, 'spec', 'strategy')) {
    case 'Recreate':
      return { replicas: updated, available: serving };
    case 'BlueGreen':
      return { replicas: wanted + updated, available: wanted };
    default:
      return { replicas: wanted, available: Math.max(0, wanted - 1) };
  }
}

function report({ object, now }: Look, progress: Progress): Decision {
  const { phase, replicas, updated, available } = progress;
  const moving = phase === 'rolling' || phase === 'scaling';
  return {
    status: {
      replicas,
      updatedReplicas: updated,
      availableReplicas: available,
      ...(phase === 'done' && { image: imageOf(object) }),
      observedGeneration: generationOf(object),
      conditions: withFindings(object, findings(object, progress), now),
    },
    ...(moving && { nextMs: stepMs }),
  };
}

function findings(object: JsonObject, progress: Progress): readonly Finding[] {
  return [
    availability(wantedOf(object), progress.available),
    reconciliation(object, progress),
    progress.phase === 'stalled'
      ? {
          type: 'Stalled',
          status: 'True',
          reason: 'ImagePullFailed',
          message: `The image ${imageOf(object)} cannot be pulled: no such tag.`,
        }
      : {
          type: 'Stalled',
          status: 'False',
          reason: 'NotStalled',
          message: 'Nothing is in the way.',
        },
  ];
}

function availability(wanted: number, available: number): Finding {
  const message = `${available} of ${wanted} replicas are available.`;
  return available >= wanted - 1 && (available > 0 || wanted === 0)
    ? { type: 'Available', status: 'True', reason: 'EnoughReplicas', message }
    : { type: 'Available', status: 'False', reason: 'TooFewReplicas', message };
}

function reconciliation(object: JsonObject, { phase, replicas, updated }: Progress): Finding {
  const type = 'Reconciling';
  const wanted = wantedOf(object);
  const image = imageOf(object);
  switch (phase) {
    case 'rolling': {
      const message = `${updated} of ${wanted} replicas run ${image}.`;
      return { type, status: 'True', reason: 'RollingOut', message };
    }
    case 'scaling': {
      const message = `${replicas} replicas run, ${wanted} are wanted.`;
      return { type, status: 'True', reason: 'Scaling', message };
    }
    case 'stalled':
      return { type, status: 'False', reason: 'Stalled', message: 'Waits for another image.' };
    case 'done':
      return { type, status: 'False', reason: 'Complete', message: `All replicas run ${image}.` };
    default:
      return phase satisfies never;
  }
}

function countsOf(object: JsonObject): Pick<Progress, 'replicas' | 'updated' | 'available'> {
  const count = (field: string): number => countAt(object, 'status', field) ?? 0;
  return {
    replicas: count('replicas'),
    updated: count('updatedReplicas'),
    available: count('availableReplicas'),
  };
}

function wantedOf(object: JsonObject): number {
  return countAt(object, 'spec', 'replicas') ?? 1;
}

/** Of the first container: the one that is rolled out. */
function imageOf(object: JsonObject): string {
  return stringAt(listAt(object, 'spec', 'containers')[0], 'image') ?? '';
}
