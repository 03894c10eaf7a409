import { formatFieldPath, lastAppliedAnnotation } from '@kindscope/kube';
import type { Change, FieldChange } from '@kindscope/protocol';

/** It repeats the values, so that it is a fingerprint too. */
const appliedPath = formatFieldPath(
  ['metadata', 'annotations', lastAppliedAnnotation].map((name) => ({ kind: 'field', name })),
);

/** How the fingerprint that stands for a Secret's value is written. */
export function redactedText(fingerprint: string): string {
  return `redacted, fingerprint ${fingerprint}`;
}

/**
 * A change's fields as they are shown: what stands for the values of a Secret is said to be no
 * value, so that nobody takes a fingerprint for a password.
 */
export function saidFields(change: Change): readonly FieldChange[] {
  if (change.kind !== 'Secret' || change.resource.group !== '') return change.fields;
  return change.fields.map((field) =>
    /^(?:data|stringData)\b/u.test(field.path) || field.path === appliedPath
      ? redacted(field)
      : field,
  );
}

function redacted(field: FieldChange): FieldChange {
  return {
    ...field,
    ...('before' in field ? { before: said(field.before) } : {}),
    ...('after' in field ? { after: said(field.after) } : {}),
  };
}

/** A value, or several of them by their keys. */
function said(value: unknown): unknown {
  if (typeof value === 'string') return redactedText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, said(item)]));
}
