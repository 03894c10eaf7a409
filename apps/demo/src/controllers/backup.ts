import { stringAt, valueAt } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { backupOf } from '../objects/index.ts';
import { between } from '../random.ts';
import { instant, withFindings, type Finding } from './conditions.ts';
import type { Controller, Decision, Fields, Look } from './controller.ts';
import { generationOf } from './observation.ts';

const minute = 60_000;

/** How often each database is saved. */
export const backupEveryMs = 8 * minute;

/** The newest four or five of each database are there. */
const keptMs = 4.5 * backupEveryMs;

const manager = 'database-operator';

/** What a backup is called after: the time at which it began. */
export function backupSuffix(now: number): string {
  return instant(now).replaceAll(/\D/g, '');
}

/** Saves each database that wants it, again and again. */
export const backupSchedule: Controller = {
  manager,
  gvr: gvrOf('data.example.io/v1', 'clouddatabases'),
  decide({ object, due, initial, now, random }) {
    if (!due) return {};
    if (initial) return { againMs: backupEveryMs * random() };
    const wanted = valueAt(object, 'spec', 'backups') === true;
    return {
      ...(wanted && { create: backupOf(object, backupSuffix(now)) }),
      againMs: backupEveryMs,
    };
  },
};

/** Carries a backup out, and removes it when it is old. */
export const backupController: Controller = {
  manager,
  gvr: gvrOf('data.example.io/v1', 'backups'),
  decide(look) {
    const { object, due, initial, random } = look;
    switch (stringAt(object, 'status', 'phase')) {
      case undefined:
        return initial
          ? { ...complete(look), againMs: keptMs * random() }
          : { status: phase(look, 'Running'), nextMs: between(random, 4000, 12_000) };
      case 'Running':
        return due ? { ...complete(look), againMs: keptMs } : {};
      default:
        return due ? { remove: true } : {};
    }
  },
};

function complete(look: Look): Decision {
  const bytes = between(look.random, 2e9, 18e9);
  return {
    status: { ...phase(look, 'Completed'), bytes, completedAt: instant(look.now) },
  };
}

function phase({ object, now }: Look, name: 'Running' | 'Completed'): Fields {
  const status = name === 'Completed' ? 'True' : 'Unknown';
  const message = name === 'Completed' ? 'The state is saved.' : 'The state is being saved.';
  const finding: Finding = { type: 'Succeeded', status, reason: name, message };
  return {
    phase: name,
    observedGeneration: generationOf(object),
    conditions: withFindings(object, [finding], now),
  };
}
