import { stringAt } from '@kindscope/kube';
import { pick } from '../random.ts';
import { withFindings } from './conditions.ts';
import type { Controller, Decision, Look } from './controller.ts';
import { generationOf } from './observation.ts';
import { steady, walk } from './steady.ts';

const members = ['member-0', 'member-1'];

const failoverMs = 4000;

/** How many of its looks find a primary that is gone. */
const failoverShare = 0.04;

const measuring = steady({
  manager: 'database-operator',
  apiVersion: 'data.example.io/v1',
  resource: 'clouddatabases',
  everyMs: 2 * 60_000,
  measure: (look) => ({
    phase: 'Available',
    primary: primaryOf(look) ?? pick(look.random, members),
    usedGb: walk(look, 'usedGb', { low: 4, high: 18, step: 1 }),
    connections: walk(look, 'connections', { low: 2, high: 180, step: 9 }),
  }),
});

/** Measures databases; now and then a primary is lost, and another member takes over. */
export const databaseController: Controller = {
  ...measuring,
  decide(look) {
    if (stringAt(look.object, 'status', 'phase') === 'FailingOver') {
      return look.due ? takeOver(look) : {};
    }
    const lost = look.due && !look.initial && look.random() < failoverShare;
    return lost ? failOver(look) : measuring.decide(look);
  },
};

function failOver(look: Look): Decision {
  const message = `The primary ${primaryOf(look) ?? ''} does not answer.`;
  const lost = { type: 'Ready', status: 'False', reason: 'PrimaryLost', message } as const;
  return {
    status: {
      phase: 'FailingOver',
      connections: 0,
      observedGeneration: generationOf(look.object),
      conditions: withFindings(look.object, [lost], look.now),
    },
    nextMs: failoverMs,
  };
}

function takeOver(look: Look): Decision {
  const primary = members.find((member) => member !== primaryOf(look));
  const { status, ...rest } = measuring.decide(look);
  return { ...rest, status: { ...status, ...(primary !== undefined && { primary }) } };
}

function primaryOf({ object }: Look): string | undefined {
  return stringAt(object, 'status', 'primary');
}
