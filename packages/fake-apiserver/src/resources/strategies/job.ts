import { ensureMap, mapAt, stringAt, type JsonMap } from '../../json.ts';
import type { AdmissionRule } from '../../write/admission.ts';

const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid';

/**
 * A job selects its pods by its own uid, unless the selector is said to be made by hand
 * (pkg/registry/batch/job/strategy.go, generateSelector).
 */
export const admitJob: AdmissionRule = (job, before) => {
  const spec = mapAt(job, 'spec');
  if (before !== undefined || spec === undefined || spec['manualSelector'] === true) return job;
  const metadata = mapAt(job, 'metadata');
  const uid = stringAt(metadata, 'uid') ?? '';
  const name = stringAt(metadata, 'name') ?? '';
  const generated: JsonMap = {
    [CONTROLLER_UID]: uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = ensureMap(ensureMap(spec, 'template'), 'metadata');
  const shared = mapAt(metadata, 'labels') === mapAt(template, 'labels');
  Object.assign(ensureMap(template, 'labels'), generated);
  // A job without labels of its own has those of the template: in Go it is the very same map.
  if (shared && metadata !== undefined) Object.assign(ensureMap(metadata, 'labels'), generated);
  spec['selector'] ??= {};
  Object.assign(ensureMap(ensureMap(spec, 'selector'), 'matchLabels'), { [CONTROLLER_UID]: uid });
  return job;
};
