import type { Cause } from '../status.ts';

/** What looking at a value by a schema brought out (kube-openapi pkg/validation/validate Result). */
export interface Findings {
  readonly causes: Cause[];
  /** How much of the value was as it should be: of failed alternatives the best one is told. */
  matches: number;
}

export function newFindings(): Findings {
  return { causes: [], matches: 0 };
}

/** Adds a mistake unless the same is known already. */
export function addCause(findings: Findings, cause: Cause): void {
  const { causes } = findings;
  const isKnown = causes.some(
    (other) => other.message === cause.message && other.field === cause.field,
  );
  if (!isKnown) causes.push(cause);
}

export function merge(findings: Findings, others: Findings): void {
  for (const cause of others.causes) addCause(findings, cause);
  findings.matches += others.matches;
}
