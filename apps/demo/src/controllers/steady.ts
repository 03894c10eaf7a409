import { countAt } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { between } from '../random.ts';
import { withFindings } from './conditions.ts';
import type { Controller, Fields, Look } from './controller.ts';
import { generationOf, isObserved } from './observation.ts';

interface Steady {
  readonly manager: string;
  readonly apiVersion: string;
  readonly resource: string;
  /** Between two looks, milliseconds of a calm cluster: at least this, at most twice. */
  readonly everyMs: number;
  readonly measure: (look: Look) => Fields;
  /** Only these objects. */
  readonly labelSelector?: string;
}

/** A controller of things that are well: it reports what it measures, again and again. */
export function steady(options: Steady): Controller {
  const { manager, everyMs, measure, labelSelector } = options;
  return {
    manager,
    gvr: gvrOf(options.apiVersion, options.resource),
    ...(labelSelector !== undefined && { labelSelector }),
    decide(look) {
      const { object, now, random, initial } = look;
      // Its own write wakes it too: only time or a new spec is a reason to measure.
      if (!look.due && isObserved(object)) return {};
      return {
        status: {
          ...measure(look),
          observedGeneration: generationOf(object),
          conditions: withFindings(object, [ready], now),
        },
        // Begun as if it had long been going on: not all objects at the same time.
        againMs: everyMs * (initial ? 1.5 * random() : 1 + random()),
      };
    },
  };
}

const ready = { type: 'Ready', status: 'True', reason: 'Ready', message: 'All is well.' } as const;

/** The number found there moved by at most `step`, within the bounds. */
export function walk(
  look: Look,
  field: string,
  bounds: { readonly low: number; readonly high: number; readonly step: number },
): number {
  const { low, high, step } = bounds;
  const last = countAt(look.object, 'status', field) ?? between(look.random, low, high);
  return Math.min(high, Math.max(low, last + between(look.random, -step, step)));
}
