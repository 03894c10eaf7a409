import { Optional } from '@marcbachmann/cel-js';
import { isMap, ownAt, type Json, type JsonMap } from '../../json.ts';
import type { Cause } from '../../status.ts';
import { correlatedItem, correlatedKey, isUnchanged, type Correlation } from '../correlation.ts';
import { child, at, invalidText, NO_PATH } from '../field-errors.ts';
import { goQuote, valueText } from '../go-text.ts';
import { schemaOfKey, type Rule, type Schema } from '../schema.ts';
import { ask, rulesOf, type CompiledRule } from './cel-rules.ts';
import { celValue } from './cel-values.ts';

/** What rules say of an object. */
export interface RuleFindings {
  readonly causes: Cause[];
  /** Of rules that did not hold before either, where nothing has changed. */
  readonly warnings: string[];
}

/** Where a value stands: itself, what was there before, and how far the two can be compared. */
interface Spot {
  readonly value: Json;
  readonly old: Json | undefined;
  readonly schema: Schema;
  readonly path: string;
  readonly root: boolean;
  readonly correlation: Correlation | undefined;
  readonly parent: Correlation | undefined;
}

/**
 * Asks the rules of `x-kubernetes-validations` (apiextensions-apiserver pkg/apiserver/schema/cel).
 * `before` is undefined on create: rules about a change are not asked then.
 */
export function ruleFindings(
  object: JsonMap,
  schema: Schema,
  before: JsonMap | undefined,
): RuleFindings {
  const found: RuleFindings = { causes: [], warnings: [] };
  const correlation = before === undefined ? undefined : { value: object, old: before, schema };
  validate(found, {
    value: object,
    old: before,
    schema,
    path: '',
    root: true,
    correlation,
    parent: undefined,
  });
  return found;
}

const ruled = new WeakMap<Schema, boolean>();

/** Whether there is a rule anywhere below; most schemas have none. */
export function hasRules(schema: Schema): boolean {
  const known = ruled.get(schema);
  if (known !== undefined) return known;
  // Taken for none while it is looked at: a schema may contain itself.
  ruled.set(schema, false);
  const parts = [
    ...(schema.properties?.values() ?? []),
    ...schema.allOf,
    schema.items,
    schema.others,
  ];
  const has =
    schema.rules.length > 0 || parts.some((part) => typeof part === 'object' && hasRules(part));
  ruled.set(schema, has);
  return has;
}

function validate(found: RuleFindings, spot: Spot): void {
  const { value, schema } = spot;
  if (value === null || !hasRules(schema)) return;
  askAll(found, spot);
  if (Array.isArray(value)) validateItems(found, spot, value);
  else if (isMap(value)) validateKeys(found, spot, value);
}

function validateItems(found: RuleFindings, spot: Spot, list: readonly Json[]): void {
  const { items } = spot.schema;
  if (items === undefined) return;
  const parent = spot.correlation ?? spot.parent;
  for (const [index, value] of list.entries()) {
    const correlation =
      spot.correlation === undefined ? undefined : correlatedItem(spot.correlation, index);
    validate(found, {
      value,
      old: correlation?.old,
      schema: items,
      path: at(spot.path, index),
      root: false,
      correlation,
      parent,
    });
  }
}

function validateKeys(found: RuleFindings, spot: Spot, map: JsonMap): void {
  const { schema, old } = spot;
  const parent = spot.correlation ?? spot.parent;
  // The parts of an atomic map cannot be compared one by one.
  const before = isMap(old) && schema.mapType !== 'atomic' ? old : undefined;
  for (const key of Object.keys(map)) {
    const declared = schema.properties?.get(key);
    const inner = declared ?? schema.others;
    const value = map[key];
    if (typeof inner !== 'object' || value === undefined) continue;
    validate(found, {
      value,
      old: ownAt(before, key) ?? undefined,
      schema: inner,
      path: declared === undefined ? at(spot.path, key) : child(spot.path, key),
      root: false,
      correlation:
        spot.correlation === undefined ? undefined : correlatedKey(spot.correlation, key),
      parent,
    });
  }
}

function askAll(found: RuleFindings, spot: Spot): void {
  const rules = rulesOf(spot.schema);
  if (rules.length === 0) return;
  const { value, old, schema, root } = spot;
  const self = celValue(value, schema, root);
  const oldSelf = old === undefined ? undefined : celValue(old, schema, root);
  for (const rule of rules) {
    if (rule.kind === 'rule') askOne(found, spot, rule, self, oldSelf);
  }
}

function askOne(
  found: RuleFindings,
  spot: Spot,
  { rule, program, message, usesOldSelf }: CompiledRule & { readonly kind: 'rule' },
  self: unknown,
  oldSelf: unknown,
): void {
  if (usesOldSelf && oldSelf === undefined && !rule.optionalOldSelf) return;
  const optional = oldSelf === undefined ? Optional.none() : Optional.of(oldSelf);
  const variables = { self, oldSelf: rule.optionalOldSelf ? optional : oldSelf };
  const outcome = ask(program, variables);
  if (outcome.kind === 'error') {
    found.causes.push(errorCause(spot, rule, outcome.error));
    return;
  }
  if (outcome.value === true) return;
  const cause = failure(spot, rule, messageOf(rule, message, variables));
  if (!usesOldSelf && isRatcheted(spot)) {
    found.warnings.push(`${cause.field ?? ''}: ${cause.message}`);
  } else found.causes.push(cause);
}

function isRatcheted({ correlation, parent }: Spot): boolean {
  const nearest = correlation ?? parent;
  return nearest !== undefined && isUnchanged(nearest);
}

function shown(rule: Rule): string {
  return (rule.message === '' ? rule.rule : rule.message).trim();
}

function errorCause({ path, schema }: Spot, rule: Rule, error: string): Cause {
  const detail = error.startsWith('no such overload')
    ? `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${shown(rule)}`
    : `${error} evaluating rule: ${shown(rule)}`;
  return invalidText(path, goQuote(schema.type), detail);
}

const MAX_MESSAGE = 5 * 1024;

/** What is said of a rule that does not hold: its own expression first, where that says something. */
function messageOf(
  rule: Rule,
  expression: (CompiledRule & { readonly kind: 'rule' })['message'],
  variables: Record<string, unknown>,
): string {
  if (expression !== undefined) {
    const outcome = ask(expression, variables);
    const text =
      outcome.kind === 'value' && typeof outcome.value === 'string' ? outcome.value.trim() : '';
    if (text !== '' && !/[\n\r]/.test(text) && text.length <= MAX_MESSAGE) return text;
  }
  return rule.message === '' ? `failed rule: ${rule.rule.trim()}` : rule.message.trim();
}

function failure({ path, value, schema }: Spot, rule: Rule, detail: string): Cause {
  const below = rule.fieldPath === '' ? '' : normalPath(rule.fieldPath, schema);
  const where = below === '' ? path : child(path, below);
  const field = where === '' ? NO_PATH : where;
  const isWhole = schema.type === 'object' || schema.type === 'array';
  const given = isWhole ? '' : `: ${valueText(value)}`;
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return { reason: rule.reason, message: `Forbidden: ${detail}`, field };
    case 'FieldValueRequired':
      return { reason: rule.reason, message: `Required value: ${detail}`, field };
    case 'FieldValueDuplicate':
      return { reason: rule.reason, message: `Duplicate value${given}`, field };
    default:
      return { reason: 'FieldValueInvalid', message: `Invalid value${given}: ${detail}`, field };
  }
}

/** `.spec['a b']` as an error writes it: `spec.a b`, and `spec.[a b]` where that is a key of a map. */
function normalPath(path: string, schema: Schema): string {
  let holder: Schema | undefined = schema;
  let text = '';
  for (const [, quoted, plain] of path.matchAll(/\['((?:[^'\\]|\\.)*)'\]|\.?([^.[]+)/g)) {
    const name = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '';
    const isKey = holder !== undefined && holder.properties?.has(name) !== true;
    if (isKey) text += `[${name}]`;
    else text += text === '' ? name : `.${name}`;
    holder = holder === undefined ? undefined : schemaOfKey(holder, name);
  }
  return text;
}
