import { beforeAll, expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  CRDS,
  GROUP,
  installCrd,
  unique,
  widgetCrd,
} from './contract-fixtures.ts';
import { INT, RULE_CASES, TEXT, type RuleCauses } from './rule-cases.ts';
import { CHANGE_CASES } from './rule-change-cases.ts';
import { FUNCTION_CASES } from './rule-function-cases.ts';
import { RULE_REFUSALS } from './rule-refusals.ts';
import { VALUE_CASES } from './rule-value-cases.ts';

const MERGE = 'application/merge-patch+json';
const VALUES = [...RULE_CASES, ...FUNCTION_CASES, ...VALUE_CASES];

/** The rules of `x-kubernetes-validations`, in Kubernetes' words. */
export function ruleContract(connect: () => ContractClient): void {
  let path = '';
  /** The field of each case. */
  const fields = new Map<string, string>();
  const properties: JsonMap = {};
  for (const [title, schema] of [...VALUES, ...CHANGE_CASES]) {
    const field = `f${fields.size}`;
    fields.set(title, field);
    properties[field] = schema;
  }
  properties['typed'] = INT;

  function crdOf(plural: string, kind: string, schema: JsonMap): JsonMap {
    const version = { name: 'v1', served: true, storage: true };
    const versions = [{ ...version, schema: { openAPIV3Schema: schema } }];
    return widgetCrd({ plural, kind, versions });
  }

  function schemaWith(rules: JsonMap[]): JsonMap {
    return {
      type: 'object',
      'x-kubernetes-validations': rules,
      properties: { spec: { type: 'object', properties } },
    };
  }

  const nameRule = { rule: "self.metadata.name != 'bad' && self.kind == 'Rule'", message: 'bad' };

  beforeAll(async () => {
    await installCrd(connect(), crdOf('rules', 'Rule', schemaWith([nameRule])));
    path = `/apis/${GROUP}/v1/namespaces/${await createNamespace(connect())}/rules`;
  });

  function create(spec: JsonMap, name = unique('r'), query = ''): Promise<ContractResponse> {
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Rule', metadata: { name }, spec };
    return connect().request('POST', `${path}${query}`, { body });
  }

  function patch(name: string, spec: JsonMap): Promise<ContractResponse> {
    return connect().request('PATCH', `${path}/${name}`, { body: { spec }, contentType: MERGE });
  }

  function causesOf({ body }: ContractResponse): [string, string][] {
    return listAt(mapAt(body, 'details'), 'causes')
      .filter((cause) => isMap(cause))
      .map((cause): [string, string] => [
        stringAt(cause, 'reason') ?? '',
        `${stringAt(cause, 'field') ?? ''}: ${stringAt(cause, 'message') ?? ''}`,
      ]);
  }

  /** Maps have no order in Kubernetes. */
  const byText = (a: readonly string[], b: readonly string[]): number =>
    a.join() < b.join() ? -1 : 1;

  function ofField(causes: RuleCauses, field: string): string[][] {
    return causes
      .map(([reason, text]) => [reason, text.replace('spec.it', `spec.${field}`)])
      .sort(byText);
  }

  it.each(VALUES)('asks about %s', async (title, _schema, values) => {
    const field = fields.get(title) ?? '';
    for (const [value, causes] of values) {
      const answer = await create({ [field]: value }, unique('r'), '?dryRun=All');
      expect([value, causesOf(answer).sort(byText)]).toEqual([value, ofField(causes, field)]);
      expect(answer.status).toBe(causes.length === 0 ? 201 : 422);
    }
  });

  it.each(CHANGE_CASES)('asks about changes of %s', async (title, _schema, changes) => {
    const field = fields.get(title) ?? '';
    const specOf = (value: Json): JsonMap => (value === null ? {} : { [field]: value });
    for (const [before, after, causes] of changes) {
      const name = unique('r');
      expect((await create(specOf(before), name)).status).toBe(201);
      const answer = await patch(name, { [field]: after });
      expect([before, after, causesOf(answer).sort(byText)]).toEqual([
        before,
        after,
        ofField(causes, field),
      ]);
    }
  });

  it('asks about the whole object', async () => {
    expect(causesOf(await create({}, 'bad'))).toEqual([
      ['FieldValueInvalid', '<nil>: Invalid value: bad'],
    ]);
  });

  it('does not ask where the types are wrong', async () => {
    const field = fields.get('no message') ?? '';
    const answer = await create({ [field]: 1, typed: 'x' });
    expect(causesOf(answer)).toEqual([
      [
        'FieldValueTypeInvalid',
        'spec.typed: Invalid value: "string": spec.typed in body must be of type integer: "string"',
      ],
      [
        'FieldValueInvalid',
        '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
      ],
    ]);
  });

  it('warns of what did not hold before either', async () => {
    const loose = crdOf('laws', 'Law', { type: 'object', properties: { spec: lawOf([]) } });
    await installCrd(connect(), loose);
    const laws = path.replace(/rules$/, 'laws');
    const meta = { apiVersion: `${GROUP}/v1`, kind: 'Law', metadata: { name: 'one' } };
    const body = { ...meta, spec: { old: { a: 1, b: 'x' }, other: 1 } };
    expect((await connect().request('POST', laws, { body })).status).toBe(201);
    const rules = [{ rule: 'self.a > 1', message: 'a is small' }];
    const version = { ...(listAt(mapAt(loose, 'spec'), 'versions')[0] as JsonMap) };
    version['schema'] = {
      openAPIV3Schema: { type: 'object', properties: { spec: lawOf(rules) } },
    };
    const changed = { spec: { versions: [version] } };
    const crd = `${CRDS}/laws.${GROUP}`;
    await connect().request('PATCH', crd, { body: changed, contentType: MERGE });
    await expect
      .poll(
        async () => {
          const bad = { ...body, metadata: { name: unique('l') } };
          return (await connect().request('POST', `${laws}?dryRun=All`, { body: bad })).status;
        },
        { timeout: 10_000 },
      )
      .toBe(422);
    const untouched = await connect().request('PATCH', `${laws}/one`, {
      body: { spec: { other: 2 } },
      contentType: MERGE,
    });
    expect([untouched.status, untouched.headers.warning]).toEqual([
      200,
      '299 - "spec.old: Invalid value: a is small"',
    ]);
    const touched = await connect().request('PATCH', `${laws}/one`, {
      body: { spec: { old: { b: 'y' } } },
      contentType: MERGE,
    });
    expect(causesOf(touched)).toEqual([
      ['FieldValueInvalid', 'spec.old: Invalid value: a is small'],
    ]);
  });

  function lawOf(rules: JsonMap[]): JsonMap {
    const old: JsonMap = { type: 'object', properties: { a: INT, b: TEXT } };
    if (rules.length > 0) old['x-kubernetes-validations'] = rules;
    return { type: 'object', properties: { old, other: INT } };
  }

  it.each(RULE_REFUSALS)('refuses a rule with %s', async (_title, rule, causes) => {
    const list = { type: 'object', properties: { n: TEXT } };
    const spec = {
      type: 'object',
      'x-kubernetes-validations': [rule],
      properties: { a: INT, b: TEXT, l: { type: 'array', maxItems: 5, items: list } },
    };
    const crd = crdOf('acts', 'Act', { type: 'object', properties: { spec } });
    const answer = await connect().request('POST', `${CRDS}?dryRun=All`, { body: crd });
    expect(answer.status).toBe(422);
    const where = 'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0]';
    expect(causesOf(answer)).toEqual(
      causes.map((text) => ['FieldValueInvalid', `${where}${text}`]),
    );
  });

  it('does not let rules about changes stand where nothing can be compared', async () => {
    const items = { ...TEXT, 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] };
    const spec = { type: 'array', maxItems: 3, items };
    const crd = crdOf('acts', 'Act', { type: 'object', properties: { spec } });
    const answer = await connect().request('POST', `${CRDS}?dryRun=All`, { body: crd });
    expect(causesOf(answer)).toEqual([
      [
        'FieldValueInvalid',
        'spec.validation.openAPIV3Schema.properties[spec].items.x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": oldSelf cannot be used on the uncorrelatable portion of the schema within spec.validation.openAPIV3Schema.properties[spec]',
      ],
    ]);
  });
}
