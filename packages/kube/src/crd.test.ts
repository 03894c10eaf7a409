import { describe, expect, it } from 'vitest';
import { crdColumns, crdFacts, crdSchema } from './crd.ts';
import type { JsonObject } from './json.ts';

function crd(conditions: readonly JsonObject[], metadata: JsonObject = {}): JsonObject {
  return {
    metadata: {
      name: 'widgets.example.com',
      creationTimestamp: '2024-01-01T00:00:00Z',
      ...metadata,
    },
    spec: {
      conversion: { strategy: 'Webhook' },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: false,
          deprecated: true,
          deprecationWarning: 'use v1',
        },
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object' } },
          additionalPrinterColumns: [
            { name: 'Size', type: 'integer', jsonPath: '.spec.size', priority: 1 },
          ],
        },
      ],
    },
    status: { conditions },
  };
}

const condition = (type: string, status: string, message = ''): JsonObject => ({
  type,
  status,
  message,
});

describe('crdFacts', () => {
  it('tells name, age, conversion and versions, best first', () => {
    expect(crdFacts(crd([condition('Established', 'True')]))).toEqual({
      name: 'widgets.example.com',
      created: '2024-01-01T00:00:00Z',
      conversion: 'Webhook',
      versions: [
        { name: 'v1', served: true, storage: true, deprecated: false },
        {
          name: 'v1alpha1',
          served: true,
          storage: false,
          deprecated: true,
          deprecationWarning: 'use v1',
        },
      ],
      health: { status: 'healthy', reason: 'Established' },
    });
  });

  it('says the one thing about its health, what is wrong before what is under way', () => {
    const established = condition('Established', 'True');
    const health = (conditions: readonly JsonObject[], metadata?: JsonObject) =>
      crdFacts(crd(conditions, metadata)).health;
    expect(health([established, condition('NamesAccepted', 'False', '"Widget" is taken')])).toEqual(
      {
        status: 'failing',
        reason: 'Names not accepted',
        message: '"Widget" is taken',
      },
    );
    expect(health([established, condition('NonStructuralSchema', 'True', 'm')])).toMatchObject({
      status: 'failing',
      message: 'm',
    });
    expect(health([established, condition('Terminating', 'True')])).toEqual({
      status: 'working',
      reason: 'Terminating',
    });
    expect(health([established], { deletionTimestamp: '2024-01-02T00:00:00Z' })).toMatchObject({
      reason: 'Terminating',
    });
    expect(health([condition('Established', 'False', 'm')])).toEqual({
      status: 'working',
      reason: 'Not established',
      message: 'm',
    });
    expect(crdFacts({}).health).toEqual({ status: 'working', reason: 'Not established' });
  });
});

describe('crdSchema and crdColumns', () => {
  it('are those of the version', () => {
    expect(crdSchema(crd([]), 'v1')).toEqual({ type: 'object' });
    expect(crdColumns(crd([]), 'v1')).toEqual([
      { name: 'Size', type: 'integer', jsonPath: '.spec.size', priority: 1 },
    ]);
    expect(crdSchema(crd([]), 'v1alpha1')).toBeUndefined();
    expect(crdColumns(crd([]), 'v1alpha1')).toBeUndefined();
    expect(crdColumns(crd([]), 'v9')).toBeUndefined();
  });
});
