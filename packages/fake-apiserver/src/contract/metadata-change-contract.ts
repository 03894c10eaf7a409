import { expect, it } from 'vitest';
import { stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import { GROUP, metadataOf, versionOf } from './contract-fixtures.ts';
import { useMotors } from './contract-motors.ts';
import { NAME_PART } from './metadata-contract.ts';

/** What of an object's metadata may be changed, and what the server keeps as it is. */
export function metadataChangeContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);

  const changes: [string, JsonMap, string][] = [
    [
      'a deletion',
      { deletionTimestamp: '2001-01-01T00:00:00Z' },
      'metadata.deletionTimestamp: Invalid value: "2001-01-01T00:00:00Z": field is immutable',
    ],
    [
      'a grace period',
      { deletionGracePeriodSeconds: 5 },
      'metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable',
    ],
    [
      'another uid by a patch',
      { uid: 'other' },
      'metadata.uid: Invalid value: "other": field is immutable',
    ],
    [
      'a bad label',
      { labels: { 'a b': 'c' } },
      `metadata.labels: Invalid value: "a b": ${NAME_PART}`,
    ],
    [
      'a bad finalizer',
      { finalizers: ['a b'] },
      `metadata.finalizers: Invalid value: "a b": ${NAME_PART}`,
    ],
  ];
  it.each(changes)('refuses a change that makes %s', async (_title, metadata, why) => {
    const object = await motors.created();
    const { status, body } = await connect().request('PATCH', motors.urlOf(object), {
      body: { metadata },
      contentType: 'application/merge-patch+json',
    });
    const name = stringAt(metadataOf(object), 'name') ?? '';
    expect([status, body['message']]).toEqual([422, `Motor.${GROUP} "${name}" is invalid: ${why}`]);
  });

  it('refuses to replace an object of another uid', async () => {
    const object = await motors.created();
    const [name, uid, namespace] = ['name', 'uid', 'namespace'].map(
      (field) => stringAt(metadataOf(object), field) ?? '',
    );
    const { status, body } = await motors.put({
      ...object,
      metadata: { ...metadataOf(object), uid: 'other' },
    });
    expect([status, body['message']]).toEqual([
      409,
      `Operation cannot be fulfilled on motors.${GROUP} "${name}": StorageError: invalid object, Code: 4, Key: /registry/${GROUP}/motors/${namespace}/${name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
    ]);
  });

  it('keeps what it fills in itself, whatever a write says', async () => {
    const object = await motors.created();
    const { body } = await connect().request('PATCH', motors.urlOf(object), {
      body: {
        metadata: { uid: null, creationTimestamp: null, generation: 77, selfLink: '/x' },
      },
      contentType: 'application/merge-patch+json',
    });
    expect(versionOf(body)).toBe(versionOf(object));
    expect(metadataOf(body)).toEqual(metadataOf(object));
  });
}
