import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { lastAppliedAnnotation, redactSecret } from './secret.ts';

const fingerprint = (value: string) => `#${value.length}`;
const applied = '{"kind":"Secret","data":{"password":"aHVudGVyMg=="}}';
const metadata = { name: 's', annotations: { [lastAppliedAnnotation]: applied, note: 'kept' } };
const secret: JsonObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata,
  type: 'Opaque',
  data: { password: 'aHVudGVyMg==', empty: '' },
  stringData: { token: 'hunter2' },
};

describe('redactSecret', () => {
  it('leaves nothing of the values, and keeps everything else', () => {
    const redacted = redactSecret(secret, fingerprint);
    expect(JSON.stringify(redacted)).not.toMatch(/aHVudGVy|hunter/);
    expect(redacted).toEqual({
      ...secret,
      data: { password: '#12', empty: '#0' },
      stringData: { token: '#7' },
      metadata: { name: 's', annotations: { [lastAppliedAnnotation]: '#52', note: 'kept' } },
    });
    expect(secret['data']).toEqual({ password: 'aHVudGVyMg==', empty: '' });
  });

  it('redacts the items of a typed list, which say no kind, and metadata alone', () => {
    const { apiVersion: _a, kind: _k, ...item } = secret;
    expect(JSON.stringify(redactSecret(item, fingerprint))).not.toContain('aHVudGVy');
    const alone = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata };
    expect(JSON.stringify(redactSecret(alone, fingerprint))).not.toContain('aHVudGVy');
  });

  it('redacts what the API server would not let through, too', () => {
    const odd = {
      apiVersion: 'v1',
      kind: 'Secret',
      data: ['hunter2'],
      stringData: { a: { b: 'hunter2' } },
    };
    expect(JSON.stringify(redactSecret(odd, fingerprint))).not.toContain('hunter2');
  });

  it('returns any other object as it is', () => {
    for (const other of [
      { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } },
      { apiVersion: 'example.com/v1', kind: 'Secret', data: { a: 'b' } },
      { metadata: { name: 'configmap item' }, data: { a: 'b' } },
    ]) {
      expect(redactSecret(other, fingerprint)).toBe(other);
    }
  });
});
