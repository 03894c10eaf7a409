import { jsonEquals } from '@kindscope/kube';
import { ensureMap, isMap, listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import { invalid } from '../status.ts';
import type { AdmissionRule } from '../write/admission.ts';
import { crdCauses } from './crd-validation.ts';

/** Keeps account of a CRD's versions, and refuses one that Kubernetes would refuse (422). */
export const admitCrd: AdmissionRule = (object, before) => {
  settleStatus(object, before);
  // A write of the status leaves the spec as it is, and what is in the store is good.
  const isKept = before !== undefined && jsonEquals(before['spec'], object['spec']);
  const causes = isKept ? [] : crdCauses(object, before);
  if (causes.length > 0) {
    const name = stringAt(mapAt(object, 'metadata'), 'name') ?? '';
    const subject = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name };
    throw invalid(subject, causes);
  }
  return object;
};

/** A new CRD has a status of its own making; a changed one has been stored in one more version. */
function settleStatus(object: JsonMap, before: JsonMap | undefined): void {
  const version = storageVersion(object);
  if (before === undefined) {
    object['status'] = {
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: version === undefined ? null : [version],
    };
    return;
  }
  const status = ensureMap(object, 'status');
  const stored = stringsAt(status, 'storedVersions');
  if (version === undefined || stored.includes(version)) return;
  status['storedVersions'] = [...stored, version];
}

function storageVersion(crd: JsonMap): string | undefined {
  for (const version of listAt(mapAt(crd, 'spec'), 'versions')) {
    if (isMap(version) && version['storage'] === true) return stringAt(version, 'name') ?? '';
  }
  return undefined;
}
