import { expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { metadataOf, unique } from './contract-fixtures.ts';
import { motor, useMotors } from './contract-motors.ts';

export const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const PREFIX_PART =
  "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const OWNERS = 'metadata.ownerReferences';
const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u' };
const long = 'a'.repeat(64);

/** What may stand in an object's metadata, for custom resources and Kubernetes' own kinds alike. */
export function metadataContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);

  function configMap(metadata: JsonMap): JsonMap {
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
  }

  /** Both a custom resource and a built-in object with this metadata. */
  function createBoth(metadata: JsonMap): Promise<ContractResponse[]> {
    const named = { name: unique('meta'), ...metadata };
    return Promise.all([
      motors.create(motor(named)),
      connect().request('POST', motors.configMaps, { body: configMap(named) }),
    ]);
  }

  function causesOf(body: JsonMap): string[] {
    return listAt(mapAt(body, 'details'), 'causes').map((cause) => {
      const map = isMap(cause) ? cause : {};
      return `${stringAt(map, 'field') ?? ''}: ${stringAt(map, 'message') ?? ''}`;
    });
  }

  const invalid = (field: string, value: string, why: string): string =>
    `${field}: Invalid value: ${value}: ${why}`;

  const mistakes: [string, JsonMap, string[]][] = [
    [
      'a label key with two slashes',
      { labels: { 'a/b/c': 'x' } },
      [
        invalid(
          'metadata.labels',
          '"a/b/c"',
          `a valid label key ${NAME_PART.slice('name part '.length)} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
        ),
      ],
    ],
    [
      'a label key without a prefix before its slash',
      { labels: { '/x': 'y' } },
      [invalid('metadata.labels', '"/x"', 'prefix part must be non-empty')],
    ],
    [
      'a label key without a name',
      { labels: { 'x/': 'y' } },
      [
        invalid('metadata.labels', '"x/"', 'name part must be non-empty'),
        invalid('metadata.labels', '"x/"', NAME_PART),
      ],
    ],
    [
      'a label key with a prefix in capitals',
      { labels: { 'Ex.com/a': 'b' } },
      [invalid('metadata.labels', '"Ex.com/a"', PREFIX_PART)],
    ],
    [
      'a label key that is too long',
      { labels: { [long]: 'x' } },
      [invalid('metadata.labels', `"${long}"`, 'name part must be no more than 63 bytes')],
    ],
    [
      'a label value that is too long',
      { labels: { x: long } },
      [invalid('metadata.labels', `"${long}"`, 'must be no more than 63 bytes')],
    ],
    [
      'a label value with a space',
      { labels: { x: 'a b' } },
      [invalid('metadata.labels', '"a b"', LABEL_VALUE)],
    ],
    [
      'an annotation key with a space',
      { annotations: { 'a b': 'x' } },
      [invalid('metadata.annotations', '"a b"', NAME_PART)],
    ],
    [
      'annotations that are too large',
      { annotations: { x: 'a'.repeat(262_144) } },
      ['metadata.annotations: Too long: may not be more than 262144 bytes'],
    ],
    [
      'a finalizer with a bad prefix',
      { finalizers: ['A b/c'] },
      [invalid('metadata.finalizers', '"A b/c"', PREFIX_PART)],
    ],
    [
      'both finalizers for dependents',
      { finalizers: ['orphan', 'foregroundDeletion'] },
      [
        invalid(
          'metadata.finalizers',
          '["orphan","foregroundDeletion"]',
          'finalizer orphan and foregroundDeletion cannot be both set',
        ),
      ],
    ],
    [
      'an owner without anything',
      { ownerReferences: [{}] },
      [
        invalid(`${OWNERS}.apiVersion`, '""', 'version must not be empty'),
        invalid(`${OWNERS}.kind`, '""', 'must not be empty'),
        invalid(`${OWNERS}.name`, '""', 'must not be empty'),
        invalid(`${OWNERS}.uid`, '""', 'must not be empty'),
      ],
    ],
    [
      'an owner of a version that is none',
      { ownerReferences: [{ ...owner, apiVersion: 'a/b/c' }] },
      [invalid(`${OWNERS}.apiVersion`, '"a/b/c"', 'version must not be empty')],
    ],
    [
      'an event for an owner',
      { ownerReferences: [{ ...owner, kind: 'Event' }] },
      [
        invalid(
          OWNERS,
          '{"apiVersion":"v1","kind":"Event","name":"x","uid":"u"}',
          '/v1, Kind=Event is disallowed from being an owner',
        ),
      ],
    ],
    [
      'two controllers',
      {
        ownerReferences: [
          { ...owner, controller: true },
          { ...owner, name: 'y', uid: 'v', controller: true },
        ],
      },
      [
        invalid(
          OWNERS,
          '[{"apiVersion":"v1","kind":"ConfigMap","name":"x","uid":"u","controller":true},{"apiVersion":"v1","kind":"ConfigMap","name":"y","uid":"v","controller":true}]',
          'Only one reference can have Controller set to true. Found "true" in references for ConfigMap/x and ConfigMap/y',
        ),
      ],
    ],
  ];
  it.each(mistakes)('refuses %s', async (_title, metadata, causes) => {
    for (const { status, body } of await createBoth(metadata)) {
      expect(causesOf(body)).toEqual(causes);
      expect([status, body['reason']]).toEqual([422, 'Invalid']);
    }
  });

  it('refuses a finalizer without a domain on a built-in object, and warns of it on another', async () => {
    const [custom, builtIn] = await createBoth({ finalizers: ['x'] });
    expect(custom?.status).toBe(201);
    expect(custom?.headers['warning']).toBe(
      String.raw`299 - "metadata.finalizers: \"x\": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers"`,
    );
    expect(causesOf(builtIn?.body ?? {})).toEqual([
      'metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified',
    ]);
  });

  it('drops an owner that is named twice, and warns of it', async () => {
    for (const { headers, body } of await createBoth({ ownerReferences: [owner, owner] })) {
      expect(metadataOf(body)['ownerReferences']).toEqual([owner]);
      expect(headers['warning']).toContain(
        '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u',
      );
    }
  });

  const wrongTypes: [string, JsonMap, string][] = [
    [
      'a number for a name',
      { name: 5 },
      'json: cannot unmarshal number into Go struct field ObjectMeta.@name of type string',
    ],
    [
      'a text for labels',
      { labels: 'x' },
      'json: cannot unmarshal string into Go struct field ObjectMeta.@labels of type map[string]string',
    ],
    [
      'a number for a label',
      { labels: { a: 5 } },
      'json: cannot unmarshal number into Go struct field ObjectMeta.@labels of type string',
    ],
    [
      'a text for finalizers',
      { finalizers: 'x' },
      'json: cannot unmarshal string into Go struct field ObjectMeta.@finalizers of type []string',
    ],
    [
      'a text for a generation',
      { generation: 'x' },
      'json: cannot unmarshal string into Go struct field ObjectMeta.@generation of type int64',
    ],
    [
      'a text for a flag of an owner',
      { ownerReferences: [{ ...owner, controller: 'x' }] },
      'json: cannot unmarshal string into Go struct field OwnerReference.@ownerReferences.controller of type bool',
    ],
    [
      'a time that is none',
      { creationTimestamp: 'x' },
      'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
  ];
  it.each(wrongTypes)('refuses %s', async (_title, metadata, why) => {
    const [custom, builtIn] = await createBoth(metadata);
    expect([custom?.status, custom?.body['message']]).toEqual([
      400,
      `Motor in version "v1" cannot be handled as a Motor: ${why.replace('@', '')}`,
    ]);
    expect([builtIn?.status, builtIn?.body['message']]).toEqual([
      400,
      `ConfigMap in version "v1" cannot be handled as a ConfigMap: ${why.replace('@', 'metadata.')}`,
    ]);
  });

  it('leaves out what is empty and takes a null for empty', async () => {
    const empty = { labels: null, annotations: { a: null }, finalizers: [], ownerReferences: [] };
    for (const { status, body } of await createBoth(empty)) {
      expect(status).toBe(201);
      const { labels, annotations, finalizers, ownerReferences } = metadataOf(body);
      expect([labels, finalizers, ownerReferences]).toEqual([undefined, undefined, undefined]);
      expect(annotations).toEqual({ a: '' });
    }
  });

  it('refuses names and prefixes by the kind of the object', async () => {
    const namespace = (metadata: JsonMap): Promise<ContractResponse> =>
      connect().request('POST', '/api/v1/namespaces', {
        body: { apiVersion: 'v1', kind: 'Namespace', metadata },
      });
    expect((await namespace({ name: 'a.b' })).body['message']).toBe(
      'Namespace "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots',
    );
    const name = 'x'.repeat(254);
    const [tooLong] = await createBoth({ name });
    expect(causesOf(tooLong?.body ?? {})).toEqual([
      `metadata.name: Invalid value: "${name}": must be no more than 253 characters`,
    ]);
    const { body } = await motors.create(motor({ generateName: 'Bad_' }));
    expect(causesOf(body).map((cause) => cause.split(':')[0])).toEqual([
      'metadata.generateName',
      'metadata.name',
    ]);
    const { body: made } = await motors.create(motor({ generateName: 'x'.repeat(60) }));
    expect(metadataOf(made)['name']).toHaveLength(63);
  });

  it('takes a version that is no number for none when it creates', async () => {
    const [custom, builtIn] = await createBoth({ resourceVersion: '0' });
    expect([custom?.status, builtIn?.status]).toEqual([201, 201]);
  });
}
