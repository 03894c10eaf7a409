import { describe, expect, it } from 'vitest';
import { isJsonObject } from './json-access.ts';
import type { JsonObject } from './json.ts';
import { parseJson } from './lossless-json.ts';
import { printerColumns } from './printer-columns.ts';
import upstream from './testing/upstream/columns.json' with { type: 'json' };

function cell(jsonPath: string, type: string, object: JsonObject): string | null | undefined {
  const [column] = printerColumns({
    group: 'example.com',
    resource: 'widgets',
    crdColumns: [{ name: 'C', type, jsonPath }],
  });
  return column?.cell(object);
}

function row(group: string, resource: string, text: string): Record<string, string | null> {
  const object = parseJson(text);
  const columns = printerColumns({ group, resource });
  return Object.fromEntries(
    columns.map((column) => [column.name, isJsonObject(object) ? column.cell(object) : null]),
  );
}

/** Where a cell is meant to differ from the API server's. */
const deviations = new Map<string, string | null>([
  // Digits stand as they were written; the API server cuts the fraction off.
  ['integer .spec.ratio', '0.5'],
  // An empty cell, not <no value> or <unknown>: the page says in its own way that there is nothing.
  ['string .spec.none', null],
  ['date .spec.empty', null],
  // The instant itself: the page makes the age of it and keeps it ticking.
  ['date .spec.when', '2024-05-06T07:08:09Z'],
  // Refused upstream, yet there is no doubt about what is meant.
  ['string .metadata.labels["a"]', 'b'],
  ['string {.spec.text}', 'hello'],
]);

describe('printerColumns', () => {
  it('fills cells as the API server does', () => {
    for (const { path, type, cell: expected } of upstream.cases) {
      const known = deviations.get(`${type} ${path}`);
      const ours = cell(path, type, upstream.object);
      const isJson = expected?.startsWith('{') === true;
      expect([path, type, isJson ? JSON.parse(ours ?? '') : ours]).toEqual([
        path,
        type,
        known === undefined ? (isJson ? JSON.parse(expected) : (expected ?? null)) : known,
      ]);
    }
  });

  it('lists the error of a path that cannot be read, and leaves its cells empty', () => {
    const [column] = printerColumns({
      group: '',
      resource: '',
      crdColumns: [{ name: 'Bad', type: 'string', jsonPath: '.a[', priority: 1, description: 'd' }],
    });
    expect(column).toMatchObject({ name: 'Bad', priority: 1, description: 'd' });
    expect(column?.error).toContain('Cannot read the path');
    expect(column?.cell({ a: 1 })).toBeNull();
  });

  it('[I29] shows digits as the server wrote them', () => {
    const object = parseJson('{"n":1795351674012986412,"m":0.10}') as JsonObject;
    expect(cell('.n', 'integer', object)).toBe('1795351674012986412');
    expect(cell('.m', 'number', object)).toBe('0.10');
    expect(cell('.n', 'string', object)).toBe('1795351674012986412');
  });

  it('has columns of its own for the built-in kinds of a rollout', () => {
    expect(
      row(
        'apps',
        'deployments',
        '{"spec":{"replicas":3,"template":{"spec":{"containers":[{"image":"a"},{"image":"b"}]}}},"status":{"readyReplicas":2,"updatedReplicas":3}}',
      ),
    ).toEqual({ Ready: '2/3', 'Up-to-date': '3', Available: '0', Images: 'a,b' });
    expect(
      row(
        '',
        'services',
        '{"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.1","ports":[{"port":80,"nodePort":30000},{"port":53,"protocol":"UDP"}]},"status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}}',
      ),
    ).toEqual({
      Type: 'LoadBalancer',
      'Cluster-IP': '10.0.0.1',
      'External-IP': '1.2.3.4',
      'Port(s)': '80:30000/TCP,53/UDP',
    });
    expect(
      row(
        'batch',
        'jobs',
        '{"spec":{"completions":2},"status":{"succeeded":2,"startTime":"2024-01-01T00:00:00Z","completionTime":"2024-01-01T00:02:05Z","conditions":[{"type":"Complete","status":"True"}]}}',
      ),
    ).toEqual({ Status: 'Complete', Completions: '2/2', Duration: '2m5s' });
    expect(
      row(
        '',
        'nodes',
        '{"metadata":{"labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/edge":""}},"spec":{"unschedulable":true},"status":{"nodeInfo":{"kubeletVersion":"v1.36.3"},"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"10.0.0.9"}]}}',
      ),
    ).toEqual({
      Status: 'Ready,SchedulingDisabled',
      Roles: 'edge,worker',
      Version: 'v1.36.3',
      'Internal-IP': '10.0.0.9',
    });
    expect(
      row(
        '',
        'events',
        '{"type":"Warning","reason":"BackOff","message":"m","lastTimestamp":null,"eventTime":"2024-01-01T00:00:00.000000Z","involvedObject":{"kind":"Pod","name":"web-1"}}',
      ),
    ).toEqual({
      'Last seen': '2024-01-01T00:00:00.000000Z',
      Type: 'Warning',
      Reason: 'BackOff',
      Object: 'pod/web-1',
      Message: 'm',
    });
  });

  it('has none for any other resource, and survives objects of any shape', () => {
    expect(printerColumns({ group: 'example.com', resource: 'widgets' })).toEqual([]);
    expect(printerColumns({ group: 'example.com', resource: 'pods' })).toEqual([]);
    const odd = parseJson(
      '{"metadata":[],"spec":"x","status":{"conditions":[null,1,{}],"containerStatuses":7}}',
    ) as JsonObject;
    for (const [group, resource] of [
      ['', 'pods'],
      ['', 'nodes'],
      ['', 'services'],
      ['', 'events'],
      ['batch', 'jobs'],
      ['apps', 'daemonsets'],
      ['', 'secrets'],
    ] as const) {
      for (const column of printerColumns({ group, resource })) {
        expect(() => column.cell(odd)).not.toThrow();
      }
    }
  });
});
