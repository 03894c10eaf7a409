import { beforeAll, expect, it } from 'vitest';
import type { JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  namesOf,
  widgetCrd,
  widgetVersion,
} from './contract-fixtures.ts';

const NAME_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const OPERATORS = 'in, notin, =, ==, !=, gt, lt';
const UNREADABLE = 'unable to parse requirement: ';

/** The whole grammar of label selectors and of field selectors, and what is said of bad ones. */
export function selectorContract(connect: () => ContractClient): void {
  let path = '';
  const secrets = '/api/v1/namespaces/default/secrets';

  beforeAll(async () => {
    const options = { plural: 'cogs', kind: 'Cog' };
    const selectableFields = [{ jsonPath: '.spec.color' }, { jsonPath: '.spec.size' }];
    const versions = [{ ...widgetVersion(options), selectableFields }];
    await installCrd(connect(), widgetCrd({ ...options, versions }));
    path = `/apis/${GROUP}/v1/namespaces/${await createNamespace(connect())}/cogs`;
    const cogs: [string, JsonMap, JsonMap][] = [
      ['a', { tier: 'front', n: '1', 'example.com/x': 'v' }, { color: 'red', size: 1 }],
      ['b', { tier: 'back', n: '20', in: 'notin' }, { color: 'blue', size: 2 }],
      ['c', { tier: '', n: 'many' }, {}],
    ];
    for (const [name, labels, spec] of cogs) {
      const body = { apiVersion: `${GROUP}/v1`, kind: 'Cog', metadata: { name, labels }, spec };
      await connect().request('POST', path, { body });
    }
  });

  function select(at: string, kind: string, selector: string): Promise<ContractResponse> {
    return connect().request('GET', `${at}?${kind}=${encodeURIComponent(selector)}`);
  }

  it.each([
    ['', 'abc'],
    [' ', 'abc'],
    ['tier', 'abc'],
    ['!tier', ''],
    ['tier=', 'c'],
    ['tier!=', 'ab'],
    ['tier = front', 'a'],
    ['tier==front,n', 'a'],
    ['tier in (front,)', 'ac'],
    ['tier in ()', 'c'],
    ['tier notin (,back)', 'a'],
    ['tier notin (,,)', 'ab'],
    ['n>1', 'b'],
    ['n > 0, n < 20', 'a'],
    ['n<9223372036854775807', 'ab'],
    ['in in (notin)', 'b'],
    ['!in', 'ac'],
    ['example.com/x in (v, w)', 'a'],
    ['tier,tier,tier!=x', 'abc'],
  ])('selects by labels: %j', async (selector, names) => {
    const { status, body } = await select(path, 'labelSelector', selector);
    expect([status, namesOf(body).join('')]).toEqual([200, names]);
  });

  it.each([
    ['a in (', `${UNREADABLE}found '', expected: ',', ')' or identifier`],
    ['a in (b', `${UNREADABLE}found '', expected: ',' or ')'`],
    ['a in (b c)', `${UNREADABLE}found 'c', expected: ',' or ')'`],
    ['a in (,(', `${UNREADABLE}found '(', expected: ',', or identifier`],
    ['a in b', `${UNREADABLE}found 'b' expected: '('`],
    ['a b', `${UNREADABLE}found 'b', expected: ${OPERATORS}`],
    ['a!b', `${UNREADABLE}found '!', expected: ${OPERATORS}`],
    ['!', `${UNREADABLE}found '', expected: identifier`],
    ['!!a', `${UNREADABLE}found '!', expected: identifier`],
    ['a=(', `${UNREADABLE}found '(', expected: identifier`],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['a in (b) c', "found 'c', expected: ',' or 'end of string'"],
    ['=b', "found '=', expected: !, identifier, or 'end of string'"],
    ['a,', "found '', expected: identifier after ','"],
    ['a,,b', "found ',', expected: identifier after ','"],
    ['_a', `${UNREADABLE}<nil>: Invalid value: "_a": ${NAME_RULE}`],
    ['a/', `${UNREADABLE}<nil>: Invalid value: "a/": name part must be non-empty; ${NAME_RULE}`],
    ['a=-b', `${UNREADABLE}values[0][a]: Invalid value: "-b": ${VALUE_RULE}`],
    [
      'a in (b,-x,-y)',
      `${UNREADABLE}[values[0][a]: Invalid value: "-x": ${VALUE_RULE}, values[1][a]: Invalid value: "-y": ${VALUE_RULE}]`,
    ],
    [
      'a>b',
      `${UNREADABLE}values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
  ])('says of the label selector %j what is wrong', async (selector, message) => {
    for (const at of [path, secrets]) {
      const { status, body } = await select(at, 'labelSelector', selector);
      expect([status, body['reason'], body['message']]).toEqual([400, 'BadRequest', message]);
    }
  });

  it.each([
    ['', 'abc'],
    [',', 'abc'],
    ['metadata.name=b', 'b'],
    ['metadata.name==b', 'b'],
    ['metadata.name!=b', 'ac'],
    ['metadata.name=a,metadata.name=b', ''],
    ['metadata.name=a\\,b', ''],
    ['spec.color=red', 'a'],
    ['spec.color!=red', 'bc'],
    ['spec.color=', 'c'],
    ['spec.size=2,metadata.namespace!=default', 'b'],
  ])('selects by fields: %j', async (selector, names) => {
    const { status, body } = await select(path, 'fieldSelector', selector);
    expect([status, namesOf(body).join('')]).toEqual([200, names]);
  });

  it.each([
    ['metadata.name', "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
    ['z=1,b,a', "invalid selector: 'z=1,b,a'; can't understand 'a'"],
    ['metadata.name=a=b', 'invalid field selector: unescaped character in value: 61'],
    ['metadata.name=a\\b', 'invalid field selector: invalid escape sequence: \\b'],
    ['metadata.name=a\\', 'invalid field selector: invalid escape sequence: \\'],
    ['spec.other=1', 'field label not supported: spec.other'],
    ['spec.z=1,spec.y=1', 'field label not supported: spec.y'],
    [' metadata.name=b', 'field label not supported:  metadata.name'],
  ])('says of the field selector %j what is wrong', async (selector, message) => {
    const { status, body } = await select(path, 'fieldSelector', selector);
    expect([status, body['reason'], body['message']]).toEqual([400, 'BadRequest', message]);
  });

  it('tells which fields a built-in kind can be selected by', async () => {
    const messages = await Promise.all(
      [
        ['configmaps', 'data.x=1'],
        ['pods', 'spec.x=1'],
        ['events', 'reason.x=1'],
        ['secrets', 'data=1'],
      ].map(async ([resource = '', selector = '']) => {
        const { status, body } = await select(`/api/v1/${resource}`, 'fieldSelector', selector);
        return [status, body['message']];
      }),
    );
    expect(messages).toEqual([
      [400, '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"'],
      [400, 'field label not supported: spec.x'],
      [400, 'field label not supported: reason.x'],
      [400, 'field label not supported: data'],
    ]);
  });

  it.each([
    ['pods', 'spec.nodeName=,status.phase!=Running,spec.restartPolicy=Always'],
    ['events', 'involvedObject.kind=Pod,type!=Normal,reason='],
    ['secrets', 'type=Opaque'],
    ['nodes', 'spec.unschedulable=true'],
  ])('lets %s be selected by %s', async (resource, selector) => {
    const { status } = await select(`/api/v1/${resource}`, 'fieldSelector', selector);
    expect(status).toBe(200);
  });
}
