import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import { isTypeOfRule, readRule, ruleFaults } from '../schema/cel/cel-check.ts';
import { at, invalidText, invalidValue } from '../schema/field-errors.ts';
import { schemaOf } from '../schema/schema.ts';
import type { Cause } from '../status.ts';
import { internalRule } from './internal-json.ts';

/** Where a schema lies, as far as it matters to the rules that stand at it. */
interface Place {
  readonly path: string;
  readonly root: boolean;
  /** The schema below which an object and what it was before cannot be told beside each other. */
  readonly uncorrelated: string | undefined;
}

/** What is wrong with what rules say; the schema is good otherwise. */
export function ruleContentCauses(schema: JsonMap, path: string): Cause[] {
  return causesOf(schema, { path, root: true, uncorrelated: undefined });
}

function causesOf(schema: JsonMap, place: Place): Cause[] {
  const { path, uncorrelated } = place;
  const rules = listAt(schema, 'x-kubernetes-validations').filter((rule) => isMap(rule));
  const own = rules.flatMap((rule, index) =>
    oneRuleCauses(rule, schema, place, `${path}.x-kubernetes-validations[${index}]`),
  );
  const below = (value: unknown, at: string, breaks: boolean): Cause[] =>
    isMap(value)
      ? causesOf(value, {
          path: at,
          root: false,
          uncorrelated: uncorrelated ?? (breaks ? path : undefined),
        })
      : [];
  const properties = Object.entries(mapAt(schema, 'properties') ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return [
    ...below(schema['additionalProperties'], `${path}.additionalProperties`, false),
    ...properties.flatMap(([key, property]) =>
      below(property, at(`${path}.properties`, key), false),
    ),
    ...below(schema['items'], `${path}.items`, schema['x-kubernetes-list-type'] !== 'map'),
    ...own,
  ];
}

function oneRuleCauses(rule: JsonMap, schema: JsonMap, place: Place, field: string): Cause[] {
  const text = stringAt(rule, 'rule') ?? '';
  const message = stringAt(rule, 'messageExpression') ?? '';
  const wrong = (key: string, why: string): Cause =>
    invalidText(`${field}.${key}`, internalRule(rule), why);
  const causes = expressionFaults(text, schema, place.root, 'bool').map((why) =>
    wrong('rule', why.replace(/^expression/, 'cel expression')),
  );
  if (causes.length > 0) return causes;
  if (message !== '') {
    causes.push(
      ...expressionFaults(message, schema, place.root, 'string').map((why) =>
        wrong(
          'messageExpression',
          why
            .replace(/^expression/, 'messageExpression')
            .replace(/^comp/, 'messageExpression comp'),
        ),
      ),
    );
  }
  const { usesOldSelf } = readRule(text);
  if (usesOldSelf && place.uncorrelated !== undefined) {
    const why = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${place.uncorrelated}`;
    causes.push(invalidValue(`${field}.rule`, text, why));
  }
  const optional = rule['optionalOldSelf'];
  if (!usesOldSelf && typeof optional === 'boolean') {
    const why = 'may not be set if oldSelf is not used in rule';
    causes.push(invalidValue(`${field}.optionalOldSelf`, optional, why));
  }
  return causes;
}

function expressionFaults(
  expression: string,
  schema: JsonMap,
  root: boolean,
  type: 'bool' | 'string',
): string[] {
  const typed = schemaOf(schema);
  const faults = ruleFaults(expression, typed, root);
  if (faults.length > 0) return [`compilation failed: ${faults.join('\n')}`];
  if (isTypeOfRule(expression, typed, root, type)) return [];
  return [`expression must evaluate to a ${type}`];
}

/** Rules that Kubernetes would ask and this server cannot: told to whoever writes the CRD. */
export function unheardRules(crd: JsonMap): string[] {
  const found = new Set<string>();
  for (const version of listAt(mapAt(crd, 'spec'), 'versions')) {
    const validation = mapAt(isMap(version) ? version : undefined, 'schema');
    const schema = mapAt(validation, 'openAPIV3Schema');
    if (schema !== undefined) collectUnheard(schema, true, found);
  }
  return [...found];
}

function collectUnheard(schema: JsonMap, root: boolean, found: Set<string>): void {
  for (const rule of listAt(schema, 'x-kubernetes-validations')) {
    if (!isMap(rule)) continue;
    for (const key of ['rule', 'messageExpression']) {
      const text = (stringAt(rule, key) ?? '').trim();
      const { error } = text === '' ? { error: undefined } : readRule(text);
      // What is wrong with it the CRD is refused for.
      if (error === undefined || ruleFaults(text, schemaOf(schema), root).length > 0) continue;
      found.add(`x-kubernetes-validations: this server cannot ask "${text}": ${error}`);
    }
  }
  for (const property of Object.values(mapAt(schema, 'properties') ?? {})) {
    if (isMap(property)) collectUnheard(property, false, found);
  }
  for (const key of ['items', 'additionalProperties']) {
    const part = mapAt(schema, key);
    if (part !== undefined) collectUnheard(part, false, found);
  }
}
