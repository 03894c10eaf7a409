import { jsonEquals } from '@kindscope/kube';
import { ensureMap, mapAt, stringAt } from '../../json.ts';
import type { AdmissionRule } from '../../write/admission.ts';

/** A field that apps/v1 has no more lives on as an annotation (pkg/apis/apps/v1/conversion.go). */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** Counts the changes of the template. */
export const admitDaemonSet: AdmissionRule = (object, before) => {
  const annotations = ensureMap(ensureMap(object, 'metadata'), 'annotations');
  const old = mapAt(mapAt(before, 'metadata'), 'annotations');
  const was = Number(stringAt(old, TEMPLATE_GENERATION) ?? 0);
  const same =
    before !== undefined &&
    jsonEquals(mapAt(before, 'spec')?.['template'], mapAt(object, 'spec')?.['template']);
  annotations[TEMPLATE_GENERATION] = String(same ? was : was + 1);
  return object;
};
