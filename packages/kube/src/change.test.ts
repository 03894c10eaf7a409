import { describe, expect, it } from 'vitest';
import { describeChange } from './change.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { parseJson, stringifyJson } from './lossless-json.ts';
import { managersOf } from './managers.ts';

const rollout = parseJson(`{
  "apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout",
  "metadata": {"name": "shop", "resourceVersion": "10", "generation": 1, "labels": {"app": "shop"},
    "managedFields": [
      {"manager": "kubectl", "operation": "Apply", "apiVersion": "argoproj.io/v1alpha1", "time": "2024-01-01T00:00:00Z",
       "fieldsV1": {"f:spec": {"f:replicas": {}, "f:template": {"f:containers": {"k:{\\"name\\":\\"web\\"}": {".": {}, "f:image": {}}}}}}},
      {"manager": "controller", "operation": "Update", "subresource": "status", "time": "2024-01-01T00:00:01Z",
       "fieldsV1": {"f:status": {"f:conditions": {}, "f:phase": {}}}}]},
  "spec": {"replicas": 3, "template": {"containers": [{"name": "web", "image": "shop:1"}]}},
  "status": {"phase": "Healthy", "conditions": [
    {"type": "Ready", "status": "True", "reason": "Fine", "lastTransitionTime": "2024-01-01T00:00:00Z", "lastUpdateTime": "2024-01-01T00:00:00Z"}]}
}`) as JsonObject;

/** The rollout with some of its text replaced. */
function edited(...edits: readonly (readonly [from: string, to: string])[]): JsonObject {
  let text = stringifyJson(rollout);
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return parseJson(text) as JsonObject;
}

const writers = (after: JsonObject): string[] =>
  describeChange(rollout, after).managers.map(({ manager }) => manager);

describe('describeChange', () => {
  it('tells creation and deletion, without fields', () => {
    expect(describeChange(undefined, rollout)).toMatchObject({ classes: ['created'], fields: [] });
    expect(describeChange(undefined, rollout).managers).toEqual(managersOf(rollout));
    expect(describeChange(rollout, undefined)).toEqual({
      classes: ['deleted'],
      fields: [],
      conditions: [],
      managers: [],
    });
    expect(() => describeChange(undefined, undefined)).toThrow(TypeError);
  });

  it('shows the field that changed and the manager that owns it, not the bookkeeping', () => {
    const after = edited(
      ['"resourceVersion":"10"', '"resourceVersion":"11"'],
      ['"generation":1', '"generation":2'],
      ['shop:1', 'shop:2'],
      ['2024-01-01T00:00:00Z","fieldsV1":{"f:spec', '2024-01-02T00:00:00Z","fieldsV1":{"f:spec'],
    );
    expect(describeChange(rollout, after)).toEqual({
      classes: ['spec'],
      fields: [
        { path: 'spec.template.containers[name=web].image', before: 'shop:1', after: 'shop:2' },
      ],
      conditions: [],
      managers: [{ manager: 'kubectl', operation: 'Apply', time: '2024-01-02T00:00:00Z' }],
    });
  });

  it('names first who owns what changed, then who else moved', () => {
    const after = edited(
      ['"phase":"Healthy"', '"phase":"Paused"'],
      ['2024-01-01T00:00:00Z","fieldsV1":{"f:spec', '2024-01-02T00:00:00Z","fieldsV1":{"f:spec'],
      ['2024-01-01T00:00:01Z', '2024-01-02T00:00:00Z'],
    );
    const { classes, managers } = describeChange(rollout, after);
    expect(classes).toEqual(['status']);
    expect(managers.map(({ manager }) => manager)).toEqual(['controller', 'kubectl']);
    expect(managers[0]).toMatchObject({ subresource: 'status' });
  });

  it('names who owned a field that is gone, when its entry says that it wrote', () => {
    const after = edited(
      ['"phase":"Healthy",', ''],
      [',"f:phase":{}', ''],
      ['2024-01-01T00:00:01Z', '2024-01-02T00:00:00Z'],
    );
    expect(writers(after)).toEqual(['controller']);
  });

  it('does not name a manager that only lost a field to another', () => {
    const after = edited(
      ['"phase":"Healthy",', ''],
      [',"f:phase":{}', ''],
      ['2024-01-01T00:00:00Z","fieldsV1":{"f:spec', '2024-01-02T00:00:00Z","fieldsV1":{"f:spec'],
    );
    expect(writers(after)).toEqual(['kubectl']);
  });

  it('names the owner of a field that changed twice within a second, when no time moved', () => {
    expect(writers(edited(['shop:1', 'shop:2']))).toEqual(['kubectl']);
  });

  it('does not take the owner of a map for the owner of what others have in it', () => {
    const object = (size: string): JsonObject => ({
      kind: 'ConfigMap',
      metadata: {
        managedFields: [
          { manager: 'maker', operation: 'Update', time: 't', fieldsV1: { 'f:data': {} } },
          {
            manager: 'sizer',
            operation: 'Update',
            time: 't',
            fieldsV1: { 'f:data': { 'f:size': {} } },
          },
        ],
      },
      data: { size, other: size },
    });
    const { managers } = describeChange(object('1'), {
      ...object('1'),
      data: { size: '2', other: '1' },
    });
    expect(managers.map(({ manager }) => manager)).toEqual(['sizer']);
    const other = { ...object('1'), data: { size: '1', other: '2' } };
    expect(describeChange(object('1'), other).managers.map(({ manager }) => manager)).toEqual([
      'maker',
    ]);
  });

  it('names nobody where no time moved and nobody owns what changed', () => {
    const after = edited(['"phase":"Healthy",', ''], [',"f:phase":{}', '']);
    expect(writers(after)).toEqual([]);
  });

  it('tells a condition that flipped, and how long it had held', () => {
    const after = edited(
      [
        '"status":"True","reason":"Fine","lastTransitionTime":"2024-01-01T00:00:00Z"',
        '"status":"False","reason":"Broken","lastTransitionTime":"2024-01-01T00:01:30Z"',
      ],
      ['"lastUpdateTime":"2024-01-01T00:00:00Z"', '"lastUpdateTime":"2024-01-01T00:01:30Z"'],
    );
    const { classes, conditions, fields } = describeChange(rollout, after);
    expect(classes).toEqual(['condition']);
    expect(conditions).toEqual([
      { type: 'Ready', from: 'True', to: 'False', reason: 'Broken', heldMs: 90_000 },
    ]);
    expect(fields.map(({ path }) => path)).toContain('status.conditions[type=Ready].status');
  });

  it('tells conditions that came and went', () => {
    const after = edited(['"type":"Ready","status":"True"', '"type":"Done","status":"True"']);
    expect(describeChange(rollout, after)).toMatchObject({
      classes: ['condition'],
      conditions: [
        { type: 'Done', to: 'True' },
        { type: 'Ready', from: 'True' },
      ],
    });
  });

  it('takes a new reason of the same status for status, not for a condition', () => {
    const { classes, conditions } = describeChange(rollout, edited(['"Fine"', '"Finer"']));
    expect([classes, conditions]).toEqual([['status'], []]);
  });

  it('takes labels, annotations, finalizers and owners for metadata', () => {
    for (const added of [
      '"labels":{"app":"store"}',
      '"labels":{},"annotations":{"a":"b"}',
      '"labels":{},"finalizers":["f"]',
      '"labels":{},"ownerReferences":[{"uid":"1"}]',
    ]) {
      expect(describeChange(rollout, edited(['"labels":{"app":"shop"}', added])).classes).toEqual([
        'metadata',
      ]);
    }
  });

  it('tells that a deletion was asked for', () => {
    const deleting = edited(['"labels"', '"deletionTimestamp":"2024-01-01T00:00:00Z","labels"']);
    expect(describeChange(rollout, deleting)).toMatchObject({
      classes: ['deleting'],
      fields: [{ path: 'metadata.deletionTimestamp', after: '2024-01-01T00:00:00Z' }],
    });
  });

  it('takes timestamps that only say "alive" for a heartbeat', () => {
    const beat = edited([
      '"lastUpdateTime":"2024-01-01T00:00:00Z"',
      '"lastUpdateTime":"2024-01-01T00:00:09Z"',
    ]);
    expect(describeChange(rollout, beat).classes).toEqual(['heartbeat']);
    const lease = (renewTime: string, holderIdentity: string): JsonObject => ({
      kind: 'Lease',
      spec: { renewTime, holderIdentity },
    });
    expect(describeChange(lease('1', 'a'), lease('2', 'a')).classes).toEqual(['heartbeat']);
    expect(describeChange(lease('1', 'a'), lease('2', 'b')).classes).toEqual(['spec']);
    const widget = (field: string, value: JsonValue): JsonObject => ({
      kind: 'Widget',
      status: { [field]: value },
    });
    const classOf = (field: string) =>
      describeChange(widget(field, '1'), widget(field, '2')).classes[0];
    expect(
      [
        'lastHeartbeatTime',
        'lastProbeTime',
        'observedAt',
        'reconciledAt',
        'lastSyncTime',
        'refreshTime',
        'lastCheckedTime',
      ].map(classOf),
    ).toEqual(Array(7).fill('heartbeat'));
    expect(
      [
        'startTime',
        'lastTransitionTime',
        'updateRevision',
        'observedGeneration',
        'lastScheduleTime',
      ].map(classOf),
    ).toEqual(Array(5).fill('status'));
  });

  it('lists several classes by precedence, and takes bookkeeping alone for metadata', () => {
    const after = edited(
      ['"app":"shop"', '"app":"x"'],
      ['shop:1', 'shop:2'],
      ['"phase":"Healthy"', '"phase":"x"'],
    );
    expect(describeChange(rollout, after).classes).toEqual(['spec', 'metadata', 'status']);
    const touched = edited(['"resourceVersion":"10"', '"resourceVersion":"11"']);
    expect(describeChange(rollout, touched)).toEqual({
      classes: ['metadata'],
      fields: [],
      conditions: [],
      managers: [],
    });
  });

  it('counts data, rules and whatever else stands beside status as spec', () => {
    expect(describeChange({ data: { a: '1' } }, { data: { a: '2' } }).classes).toEqual(['spec']);
  });
});
