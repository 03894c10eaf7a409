import { expect, it } from 'vitest';
import type { JsonMap } from '../../json.ts';
import { emptyStruct, readTyped } from './read-typed.ts';

it('takes out what the type does not know and tells where it was', () => {
  const pod: JsonMap = {
    zip: 1,
    spec: { containers: [{ name: 'c', image: 'i:1', zoo: 1 }], volumes: [{ name: 'v', odd: {} }] },
  };
  expect(readTyped('core.v1.Pod', pod)).toEqual([
    'zip',
    'spec.containers[0].zoo',
    'spec.volumes[0].odd',
  ]);
  expect(JSON.stringify(pod)).not.toMatch(/zip|zoo|odd/);
});

it('keeps a zero that is said where it can be told from nothing', () => {
  const deployment: JsonMap = { spec: { replicas: 0, minReadySeconds: 0, paused: false } };
  readTyped('apps.v1.Deployment', deployment);
  expect(deployment['spec']).toMatchObject({ replicas: 0 });
  expect(Object.keys(deployment['spec'] as JsonMap)).not.toContain('minReadySeconds');
});

it('says where in its struct an embedded field was', () => {
  const pod: JsonMap = { spec: { volumes: [{ name: 'v', configMap: 'x' }] } };
  expect(() => readTyped('core.v1.Pod', pod)).toThrow(
    'json: cannot unmarshal string into Go struct field Volume.spec.volumes.VolumeSource.configMap of type v1.ConfigMapVolumeSource',
  );
});

it('makes an empty object without defaults, as an owner of nothing sees it', () => {
  expect(emptyStruct('core.v1.Event')).toMatchObject({
    involvedObject: {},
    source: {},
    eventTime: null,
    reportingComponent: '',
  });
  expect(emptyStruct('apps.v1.Deployment')).toMatchObject({
    spec: { selector: null, template: { spec: {} }, strategy: {} },
  });
});
