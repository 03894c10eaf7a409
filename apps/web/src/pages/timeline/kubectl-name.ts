import type { ResourceRef } from '@kindscope/protocol';

/** `pods`, `rollouts.argoproj.io`: as kubectl takes it. */
export function kubectlName({ group, resource }: ResourceRef): string {
  return group === '' ? resource : `${resource}.${group}`;
}
