import { conditionOf, countAt, listAt, stringAt, type JsonObject } from '@kindscope/kube';
import {
  certificateStatus,
  certManager,
  issued,
  issuerOf,
  newKey,
  ordered,
} from '../controllers/certificate.ts';
import { instant, type Finding } from '../controllers/conditions.ts';
import type { Fields } from '../controllers/controller.ts';
import { gvrOf } from '../gvr.ts';
import { recordEvent } from './event.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const namespace = 'identity';
const target = {
  gvr: gvrOf('certs.example.org/v1', 'certificates'),
  namespace,
  name: 'auth-tls',
};
const secret = { gvr: gvrOf('v1', 'secrets'), namespace, name: 'auth-tls' };

/** How soon it ends: a demo has no weeks to wait. */
const leftMs = 15_000;

/** How long the issuer takes to refuse, to be asked again, and to issue. */
const refusalMs = 4000;
const outageMs = 12_000;
const issueMs = 4000;
const restMs = 8000;

/** A certificate that was renewed is good for so long. */
const validMs = 30 * 60_000;

export const certificateRenewal: Scenario = {
  name: 'certificate-renewal',
  title: 'A certificate expires and is renewed',
  description:
    'The certificate of auth ends in 15 seconds, and its issuer refuses to renew it: too many were asked for. It expires and is not ready for 12 seconds; then it is issued anew, and the Secret with its key changes.',
  subjects: [target, secret],
  controls: [target],
  async play(stage) {
    const before = await stage.read(target);
    stage.putBack(renew);
    stage.tell('The certificate ends in 15 seconds; its renewal has begun.');
    await report(stage, (object) => {
      const at = { object, now: stage.now() };
      const notAfter = instant(at.now + leftMs);
      const message = `Valid until ${notAfter}.`;
      const ready: Finding = { type: 'Ready', status: 'True', reason: 'Issued', message };
      const asked: Finding = {
        type: 'Issuing',
        status: 'True',
        reason: 'Renewing',
        message: `${issuerOf(object)} was asked for a certificate.`,
      };
      return { ...certificateStatus(at, [ready, asked]), notAfter };
    });
    await stage.pause(refusalMs);

    const issuer = issuerOf(before);
    stage.tell(`${issuer} refuses to renew it.`);
    const refusal = `${issuer} answered 429: too many certificates for ${hostOf(before)}; tries again later.`;
    await note(stage, {
      finding: { type: 'Issuing', status: 'False', reason: 'RateLimited', message: refusal },
      event: 'Warning',
    });
    await stage.pause(leftMs - refusalMs);

    stage.tell('The certificate has expired.');
    const ended = `Ended at ${instant(stage.now())}; ${issuer} has not issued another.`;
    await note(stage, {
      finding: { type: 'Ready', status: 'False', reason: 'Expired', message: ended },
      event: 'Warning',
    });
    await stage.pause(outageMs);

    stage.tell(`${issuer} is asked again.`);
    await report(stage, (object) => ordered({ object, now: stage.now() }, 'Retrying'));
    await stage.pause(issueMs);

    stage.tell('The certificate is renewed.');
    await renew(stage);
    await stage.pause(restMs);
  },
};

function hostOf(certificate: JsonObject): string {
  const [host] = listAt(certificate, 'spec', 'dnsNames');
  return typeof host === 'string' ? host : 'its name';
}

/** Issues the next revision, where the certificate there is has ended or soon will; nothing else is to be put back. */
async function renew(stage: Stage): Promise<void> {
  const object = await stage.read(target);
  const endsAt = Date.parse(stringAt(object, 'status', 'notAfter') ?? '');
  const good = conditionOf(object, 'Ready')?.status === 'True' && endsAt > stage.now() + 60_000;
  if (good) return;
  const revision = (countAt(object, 'status', 'revision') ?? 0) + 1;
  const key = newKey(object, revision);
  if (key !== undefined) await stage.patch(secret, certManager, key.patch);
  await report(stage, (latest) => issued({ object: latest, now: stage.now() }, validMs, revision));
  await recordEvent(stage, target, certManager, {
    type: 'Normal',
    reason: 'Issued',
    message: `Revision ${revision} was issued; the Secret ${secret.name} has a new key.`,
  });
}

/** Writes what the certificate's controller would have found. */
async function report(stage: Stage, found: (object: JsonObject) => Fields): Promise<void> {
  const status = found(await stage.read(target));
  await stage.patch(target, certManager, { status }, 'status');
}

/** A condition, and the Event that goes with it. */
async function note(
  stage: Stage,
  { finding, event }: { readonly finding: Finding; readonly event: 'Normal' | 'Warning' },
): Promise<void> {
  const { reason, message } = finding;
  await report(stage, (object) => certificateStatus({ object, now: stage.now() }, [finding]));
  await recordEvent(stage, target, certManager, { type: event, reason, message });
}
