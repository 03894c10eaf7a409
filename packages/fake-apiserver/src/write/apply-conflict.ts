import type { ApplyConflict } from '../fields/apply.ts';
import type { Writer } from '../fields/managed-fields.ts';
import { ApiError } from '../status.ts';

/** 409 with a cause for each field that somebody else owns. */
export function conflictError(conflicts: readonly ApplyConflict[]): ApiError {
  const count = conflicts.length === 1 ? '1 conflict' : `${conflicts.length} conflicts`;
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${count}: ${describeConflicts(conflicts)}`,
    details: {
      causes: conflicts.map(({ owner, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${describeOwner(owner)}`,
        field: path,
      })),
    },
  });
}

function describeConflicts(conflicts: readonly ApplyConflict[]): string {
  const [only, ...more] = conflicts;
  if (only !== undefined && more.length === 0) {
    return `conflict with ${describeOwner(only.owner)}: ${only.path}`;
  }
  const byOwner = Map.groupBy(conflicts, (conflict) => describeOwner(conflict.owner));
  return [...byOwner]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([owner, owned]) => [
      `conflicts with ${owner}:`,
      ...owned.map(({ path }) => `- ${path}`),
    ])
    .join('\n');
}

function describeOwner({ manager, operation, apiVersion, subresource }: Writer): string {
  const name = JSON.stringify(manager);
  const part = subresource === undefined ? '' : ` with subresource "${subresource}"`;
  return operation === 'Update' ? `${name}${part} using ${apiVersion}` : `${name}${part}`;
}
