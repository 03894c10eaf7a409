import { ensureMap, isMap, listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import { invalid } from '../status.ts';
import type { AdmissionRule } from '../write/admission.ts';
import { crdCauses } from './crd-validation.ts';

/** Holds a CRD until its objects are gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

/** Fills in a CRD's defaults and refuses one that Kubernetes would refuse (422). */
export const admitCrd: AdmissionRule = (object, before) => {
  applyDefaults(object);
  const name = stringAt(mapAt(object, 'metadata'), 'name') ?? '';
  const causes = crdCauses(object, before);
  if (causes.length > 0) {
    const subject = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name };
    throw invalid(subject, causes);
  }
  if (before === undefined) {
    const metadata = ensureMap(object, 'metadata');
    const finalizers = stringsAt(metadata, 'finalizers');
    if (!finalizers.includes(CLEANUP_FINALIZER)) {
      metadata['finalizers'] = [...finalizers, CLEANUP_FINALIZER];
    }
    object['status'] = {
      conditions: [],
      acceptedNames: { plural: '', kind: '' },
      storedVersions: [storageVersion(object)],
    };
  }
  return object;
};

function applyDefaults(object: JsonMap): void {
  const spec = ensureMap(object, 'spec');
  const names = ensureMap(spec, 'names');
  const kind = stringAt(names, 'kind') ?? '';
  names['singular'] ??= kind.toLowerCase();
  names['listKind'] ??= `${kind}List`;
  spec['conversion'] ??= { strategy: 'None' };
}

export function storageVersion(crd: JsonMap): string {
  for (const version of listAt(mapAt(crd, 'spec'), 'versions')) {
    if (isMap(version) && version['storage'] === true) return stringAt(version, 'name') ?? '';
  }
  return '';
}
