import { conditionOf, countAt, stringAt, type JsonObject } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { between } from '../random.ts';
import { instant, withFindings, type Finding } from './conditions.ts';
import type { Controller, Decision, Look } from './controller.ts';
import { generationOf, isObserved } from './observation.ts';

const minute = 60_000;

/** How long it takes to get one. */
const orderMs = 3000;

/** As the certificates' spec says. */
const renewBeforeMs = 10 * minute;

/** Keeps certificates valid: new ones, those that end soon, and those whose names have changed. */
export const certificateController: Controller = {
  manager: 'cert-controller',
  gvr: gvrOf('certs.example.org/v1', 'certificates'),
  decide(look) {
    const { object, due, initial, random } = look;
    if (object['status'] === undefined) {
      return initial
        ? issue(look, between(random, 10 * minute, 30 * minute), between(random, 1, 9))
        : order(look, 'Issuing');
    }
    if (!isObserved(object)) return order(look, 'Reissuing');
    if (!due) return {};
    if (conditionOf(object, 'Ready')?.status === 'True') return order(look, 'Renewing');
    const revision = (countAt(object, 'status', 'revision') ?? 0) + 1;
    const issued = issue(look, between(random, 20 * minute, 35 * minute), revision);
    return { ...issued, ...newKey(object, revision) };
  },
};

function order(look: Look, reason: string): Decision {
  const message = `${stringAt(look.object, 'spec', 'issuer') ?? 'The issuer'} was asked for a certificate.`;
  return {
    status: {
      observedGeneration: generationOf(look.object),
      conditions: conditions(look, { type: 'Ready', status: 'False', reason, message }),
    },
    nextMs: orderMs,
  };
}

function issue(look: Look, validMs: number, revision: number): Decision {
  const notAfter = look.now + validMs;
  const message = `Valid until ${instant(notAfter)}.`;
  return {
    status: {
      notAfter: instant(notAfter),
      revision,
      observedGeneration: generationOf(look.object),
      conditions: conditions(look, { type: 'Ready', status: 'True', reason: 'Issued', message }),
    },
    nextMs: validMs - renewBeforeMs,
  };
}

function conditions({ object, now }: Look, finding: Finding) {
  return withFindings(object, [finding], now);
}

function newKey(object: JsonObject, revision: number): Pick<Decision, 'update'> {
  const name = stringAt(object, 'spec', 'secretName');
  if (name === undefined) return {};
  const patch = { stringData: { 'tls.key': `not a key, revision ${revision}` } };
  return { update: { gvr: gvrOf('v1', 'secrets'), name, patch } };
}
