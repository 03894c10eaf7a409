import { describe, expect, it } from 'vitest';
import { decodeProtobuf } from './decode.ts';
import { bytesField as bytes, numberField as int } from './wire-writer.ts';

function envelope(apiVersion: string, kind: string, ...fields: Buffer[]): Buffer {
  const typeMeta = bytes(1, bytes(1, apiVersion), bytes(2, kind));
  return Buffer.concat([Buffer.from('k8s\0'), typeMeta, bytes(2, ...fields)]);
}

describe('protobuf bodies', () => {
  it('reads maps, times, and leaves out what is empty', () => {
    const metadata = bytes(
      1,
      bytes(1, 'settings'),
      bytes(2, ''),
      int(7, 0),
      bytes(8, int(1, 1_700_000_000)),
      bytes(9),
      bytes(11, bytes(1, 'app'), bytes(2, 'web')),
      bytes(11, bytes(1, 'tier'), bytes(2, 'front')),
      bytes(14, 'x.com/hold'),
    );
    const data = bytes(2, bytes(1, 'key'), bytes(2, 'value'));
    const binary = bytes(3, bytes(1, 'blob'), bytes(2, Buffer.from([0, 255])));
    expect(decodeProtobuf(envelope('v1', 'ConfigMap', metadata, data, binary))).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'settings',
        creationTimestamp: '2023-11-14T22:13:20Z',
        labels: { app: 'web', tier: 'front' },
        finalizers: ['x.com/hold'],
      },
      data: { key: 'value' },
      binaryData: { blob: 'AP8=' },
    });
  });

  it('reads nested lists, quantities, inlined messages and numbers that may be text', () => {
    const limit = bytes(1, bytes(1, 'cpu'), bytes(2, bytes(1, '500m')));
    const probe = bytes(
      10,
      bytes(1, bytes(2, bytes(1, '/healthz'), bytes(2, int(1, 1), bytes(3, 'http')))),
    );
    const container = bytes(2, bytes(1, 'main'), bytes(2, 'nginx'), bytes(8, limit), probe);
    const volume = bytes(1, bytes(1, 'scratch'), bytes(2, bytes(2)));
    const template = bytes(3, bytes(2, volume, container));
    const spec = bytes(2, int(1, 0), template, int(9, 600));
    expect(decodeProtobuf(envelope('apps/v1', 'Deployment', spec))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        // A pointer: zero replicas were asked for.
        replicas: 0,
        template: {
          spec: {
            volumes: [{ name: 'scratch', emptyDir: {} }],
            containers: [
              {
                name: 'main',
                image: 'nginx',
                resources: { limits: { cpu: '500m' } },
                livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
              },
            ],
          },
        },
        progressDeadlineSeconds: 600,
      },
    });
  });

  it('says what is wrong with bytes it cannot read', () => {
    expect(() => decodeProtobuf(Buffer.from('{}'))).toThrow(
      'provided data does not appear to be a protobuf message',
    );
    expect(() => decodeProtobuf(envelope('example.com/v1', 'Thing'))).toThrow(
      'no protobuf message example.v1.Thing is known',
    );
    const cut = envelope('v1', 'ConfigMap', bytes(1, bytes(1, 'name'))).subarray(0, -2);
    expect(() => decodeProtobuf(cut)).toThrow(RangeError);
  });
});
