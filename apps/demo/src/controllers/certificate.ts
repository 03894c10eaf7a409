import { conditionOf, countAt, stringAt, type JsonObject } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { between } from '../random.ts';
import { instant, withFindings, type Finding } from './conditions.ts';
import type { Companion, Controller, Decision, Fields, Look } from './controller.ts';
import { generationOf, isObserved } from './observation.ts';

const minute = 60_000;

/** How long it takes to get one. */
const orderMs = 3000;

/** As the certificates' spec says. */
const renewBeforeMs = 10 * minute;

export const certManager = 'cert-controller';

/** Keeps certificates valid: new ones, those that end soon, and those whose names have changed. */
export const certificateController: Controller = {
  manager: certManager,
  gvr: gvrOf('certs.example.org/v1', 'certificates'),
  decide(look) {
    const { object, now, due, initial, random } = look;
    if (object['status'] === undefined) {
      if (!initial) return order(look, 'Issuing');
      const validMs = between(random, 10 * minute, 30 * minute);
      return { status: issued(look, validMs, between(random, 1, 9)), nextMs: renewal(validMs) };
    }
    if (!isObserved(object)) return order(look, 'Reissuing');
    if (conditionOf(object, 'Issuing')?.status !== 'True') {
      const endsInMs = Date.parse(stringAt(object, 'status', 'notAfter') ?? '') - now;
      const waitMs = renewal(endsInMs);
      return waitMs > 0 ? { nextMs: waitMs } : order(look, 'Renewing');
    }
    if (!due) return {};
    const revision = (countAt(object, 'status', 'revision') ?? 0) + 1;
    const validMs = between(random, 20 * minute, 35 * minute);
    const update = newKey(object, revision);
    return {
      status: issued(look, validMs, revision),
      ...(update !== undefined && { update }),
      nextMs: renewal(validMs),
    };
  },
};

/** In how long one is renewed that ends in `endsInMs`. */
function renewal(endsInMs: number): number {
  return endsInMs - renewBeforeMs;
}

/** The old one serves until the new one is there. */
function order(look: Look, reason: string): Decision {
  return { status: ordered(look, reason), nextMs: orderMs };
}

type At = Pick<Look, 'object' | 'now'>;

/** The status of one that has been asked for. */
export function ordered(at: At, reason: string): Fields {
  const message = `${issuerOf(at.object)} was asked for a certificate.`;
  const never = stringAt(at.object, 'status', 'notAfter') === undefined;
  return certificateStatus(at, [
    ...(never ? [{ type: 'Ready', status: 'False', reason, message } as const] : []),
    { type: 'Issuing', status: 'True', reason, message },
  ]);
}

/** The status of one that is good for so long. */
export function issued(at: At, validMs: number, revision: number): Fields {
  const notAfter = instant(at.now + validMs);
  return {
    ...certificateStatus(at, [
      {
        type: 'Ready',
        status: 'True',
        reason: 'Issued',
        message: `Valid until ${notAfter}.`,
      },
      {
        type: 'Issuing',
        status: 'False',
        reason: 'Issued',
        message: `Revision ${revision} was issued by ${issuerOf(at.object)}.`,
      },
    ]),
    notBefore: instant(at.now),
    notAfter,
    revision,
  };
}

export function certificateStatus({ object, now }: At, findings: readonly Finding[]): Fields {
  return {
    observedGeneration: generationOf(object),
    conditions: withFindings(object, findings, now),
  };
}

export function issuerOf(object: JsonObject): string {
  return stringAt(object, 'spec', 'issuer') ?? 'The issuer';
}

/** The change of its Secret that comes with a new revision. */
export function newKey(object: JsonObject, revision: number): Companion | undefined {
  const name = stringAt(object, 'spec', 'secretName');
  if (name === undefined) return undefined;
  return {
    gvr: gvrOf('v1', 'secrets'),
    name,
    patch: {
      metadata: { annotations: { 'certs.example.org/revision': String(revision) } },
      stringData: {
        'tls.crt': `not a certificate, revision ${revision}`,
        'tls.key': `not a key, revision ${revision}`,
      },
    },
  };
}
