import type { Json } from '../json.ts';
import type { Correlation } from './correlation.ts';
import { invalidValue, NO_PATH } from './field-errors.ts';
import { addCause, merge, newFindings, type Findings } from './findings.ts';
import { goQuote } from './go-text.ts';
import type { Schema } from './schema.ts';

export type Check = (
  out: Findings,
  value: Json,
  schema: Schema,
  path: string,
  correlation: Correlation | undefined,
) => void;

/** What every one of the combinations is about: one value, and how it is looked at. */
export interface Subject {
  readonly value: Json;
  readonly path: string;
  readonly correlation: Correlation | undefined;
  readonly check: Check;
}

/** `allOf`, `anyOf`, `oneOf` and `not` (kube-openapi pkg/validation/validate/schema_props.go). */
export function checkCombinations(out: Findings, schema: Schema, subject: Subject): void {
  if (schema.anyOf.length > 0) checkAnyOf(out, schema.anyOf, subject);
  if (schema.oneOf.length > 0) checkOneOf(out, schema.oneOf, subject);
  if (schema.allOf.length > 0) checkAllOf(out, schema.allOf, subject);
  if (schema.not !== undefined && findingsFor(schema.not, subject).causes.length === 0) {
    refuse(out, `${goQuote(subject.path)} must not validate the schema (not)`);
  }
}

function findingsFor(schema: Schema, { value, path, correlation, check }: Subject): Findings {
  const found = newFindings();
  check(found, value, schema, path, correlation);
  return found;
}

function refuse(out: Findings, why: string): void {
  addCause(out, invalidValue(NO_PATH, '', why));
}

/** Of two failures the one that got further; the first of those that got as far. */
function better(best: Findings | undefined, next: Findings): Findings {
  return best === undefined || next.matches > best.matches ? next : best;
}

function checkAnyOf(out: Findings, alternatives: readonly Schema[], subject: Subject): void {
  let best: Findings | undefined;
  for (const alternative of alternatives) {
    const found = findingsFor(alternative, subject);
    if (found.causes.length === 0) {
      merge(out, found);
      return;
    }
    best = better(best, found);
  }
  refuse(out, `${goQuote(subject.path)} must validate at least one schema (anyOf)`);
  if (best !== undefined) merge(out, best);
}

function checkOneOf(out: Findings, alternatives: readonly Schema[], subject: Subject): void {
  let valid = 0;
  let first: Findings | undefined;
  let best: Findings | undefined;
  for (const alternative of alternatives) {
    const found = findingsFor(alternative, subject);
    if (found.causes.length === 0) {
      valid += 1;
      first ??= found;
      best = undefined;
    } else if (valid === 0) best = better(best, found);
  }
  if (valid === 1) {
    if (first !== undefined) merge(out, first);
    return;
  }
  const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`;
  refuse(out, `${goQuote(subject.path)} must validate one and only one schema (oneOf). ${found}`);
  if (best !== undefined) merge(out, best);
}

function checkAllOf(out: Findings, all: readonly Schema[], subject: Subject): void {
  let valid = 0;
  for (const schema of all) {
    const found = findingsFor(schema, subject);
    if (found.causes.length === 0) valid += 1;
    merge(out, found);
  }
  if (valid === all.length) return;
  const none = valid === 0 ? '. None validated' : '';
  refuse(out, `${goQuote(subject.path)} must validate all the schemas (allOf)${none}`);
}
