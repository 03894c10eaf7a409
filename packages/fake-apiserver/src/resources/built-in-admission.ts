import { ensureMap, mapAt, stringAt } from '../json.ts';
import type { AdmissionRule } from '../write/admission.ts';

/** `stringData` is written into `data`, in base64, and never read back. */
const admitSecret: AdmissionRule = (object) => {
  const plain = mapAt(object, 'stringData');
  if (plain !== undefined) {
    const data = ensureMap(object, 'data');
    for (const [key, value] of Object.entries(plain)) {
      if (typeof value === 'string') data[key] = Buffer.from(value).toString('base64');
    }
  }
  delete object['stringData'];
  object['type'] ??= 'Opaque';
  return object;
};

/** A pod waits for a node from its first moment. */
const admitPod: AdmissionRule = (object, before) => {
  if (before === undefined) object['status'] = { phase: 'Pending' };
  return object;
};

/** Workloads that ask for no number of replicas get one. */
const admitReplicated: AdmissionRule = (object) => {
  const spec = mapAt(object, 'spec');
  if (spec !== undefined) spec['replicas'] ??= 1;
  return object;
};

/** A service is reached inside the cluster unless it says otherwise. */
const admitService: AdmissionRule = (object) => {
  const spec = ensureMap(object, 'spec');
  if (stringAt(spec, 'type') === undefined) spec['type'] = 'ClusterIP';
  return object;
};

/** The few defaults of built-in kinds that other parts of a cluster lean on. */
export const BUILT_IN_RULES: readonly (readonly [string, AdmissionRule])[] = [
  ['/secrets', admitSecret],
  ['/pods', admitPod],
  ['/services', admitService],
  ['apps/deployments', admitReplicated],
  ['apps/replicasets', admitReplicated],
  ['apps/statefulsets', admitReplicated],
];
