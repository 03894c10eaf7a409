import type { ResourceType } from '../resources/resource-type.ts';
import { labelFaults, pathSegmentFaults, subdomainFaults } from './qualified-name.ts';

/** What of a type decides on the names of its objects. */
export type NamedType = Pick<ResourceType, 'group' | 'resource' | 'custom'>;

const LABEL_NAMED = new Set(['/namespaces', '/services']);
const RBAC = 'rbac.authorization.k8s.io';

/** What is wrong with the name of an object of this type; empty when nothing is. */
export function nameFaults(type: NamedType, name: string): string[] {
  if (LABEL_NAMED.has(`${type.group}/${type.resource}`)) return labelFaults(name);
  return type.group === RBAC ? pathSegmentFaults(name) : subdomainFaults(name);
}

/** The same for a `generateName`, whose last dash is not the end of the name. */
export function prefixFaults(type: NamedType, prefix: string): string[] {
  return nameFaults(type, prefix.length > 1 ? prefix.replace(/-$/, 'a') : prefix);
}
