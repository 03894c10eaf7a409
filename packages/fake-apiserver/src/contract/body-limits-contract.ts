import { expect, it } from 'vitest';
import { mapAt, type JsonMap } from '../json.ts';
import { useBags } from './contract-bags.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { metadataOf, unique } from './contract-fixtures.ts';

const YAML = 'application/yaml';
const APPLY = 'application/apply-patch+yaml';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';

/** Bodies in YAML, what their aliases stand for, and how deep a body may go. */
export function bodyLimitsContract(connect: () => ContractClient): void {
  const bags = useBags(connect);

  const yaml = (name: string, free: string): string =>
    `apiVersion: ${bags.apiVersion}\nkind: Bag\nmetadata:\n  name: ${name}\nspec:\n  free: ${free}\n`;
  const post = (body: string): Promise<ContractResponse> =>
    connect().request('POST', bags.path, { body, contentType: YAML });
  const apply = (name: string, body: string): Promise<ContractResponse> =>
    connect().request('PATCH', `${bags.path}/${name}?fieldManager=a`, {
      body,
      contentType: APPLY,
    });
  const freeOf = ({ body }: ContractResponse): unknown => mapAt(body, 'spec')?.['free'];

  const streams: [string, (first: string, second: string) => string][] = [
    ['of two', (first, second) => `${first}---\n${second}`],
    ['after its marker', (first, second) => `---\n${first}---\n${second}`],
    ['after comments', (first, second) => `# this\r\n\n---\n${first}--- # that\n${second}`],
    ['before an end', (first, second) => `${first}...\n${second}`],
    ['before what is no YAML', (first) => `${first}---\n{]\n`],
  ];
  it.each(streams)('takes the first document %s', async (_title, stream) => {
    const [first, second] = [unique('bag'), unique('bag')];
    const text = stream(yaml(first, '{a: 1}'), yaml(second, '{a: 2}'));
    const created = await post(text);
    expect([created.status, metadataOf(created.body)['name']]).toEqual([201, first]);
    const applied = await apply(first, text.replace('{a: 1}', '{b: 3}'));
    expect([applied.status, freeOf(applied)]).toEqual([200, { a: 1, b: 3 }]);
  });

  const scalars: [string, unknown][] = [
    ['', null],
    ['~', null],
    ['Null', null],
    ['yes', true],
    ['off', false],
    ['TRUE', true],
    ['y', true],
    ['0x10', 16],
    ['0o17', 15],
    ['017', 15],
    ['-0b11', -3],
    ['08', 8],
    ['+1_000', 1000],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1.10', 1.1],
    ['_1', '_1'],
    ['1:30', '1:30'],
    ['2020-01-01', '2020-01-01'],
    ['!!str 5', '5'],
    ['"yes"', 'yes'],
    ['{<<: {a: 1, b: 2}, b: 3}', { a: 1, b: 3 }],
    ['{1: 2, yes: 3}', { 1: 2, true: 3 }],
  ];
  it.each(scalars)('reads %s in YAML as %o', async (text, value) => {
    const created = await post(yaml(unique('bag'), `{v: ${text}}`));
    expect([created.status, freeOf(created)]).toEqual([201, { v: value }]);
  });

  it('keeps the digits of an integer in YAML', async () => {
    const created = await post(yaml(unique('bag'), '{v: 9007199254740993}'));
    expect(created.text).toContain('"v":9007199254740993');
  });

  /** Each level nine times the one before. */
  function bomb(levels: number): string {
    const lines = Array.from({ length: levels }, (_, level) => {
      const items = level === 0 ? 'x' : `*a${level - 1}`;
      return `    b${level}: &a${level} [${Array(9).fill(items).join(', ')}]\n`;
    });
    return `\n${lines.join('')}`;
  }

  it('takes aliases that stand for little', async () => {
    const name = unique('bag');
    const created = await post(yaml(name, bomb(2)));
    expect(created.status).toBe(201);
    expect((freeOf(created) as JsonMap)['b1']).toEqual(Array(9).fill(Array(9).fill('x')));
  });

  it.each([4, 8, 40])(
    'refuses aliases that stand for too much, %i levels of them',
    async (levels) => {
      const name = unique('bag');
      const text = yaml(name, bomb(levels));
      const why = 'yaml: document contains excessive aliasing';
      const created = await post(text);
      const shown = Buffer.from(text).subarray(0, 30).toString('hex');
      expect([created.status, created.body['message']]).toEqual([
        400,
        `the object provided is unrecognized (must be of type Bag): ${why} (${shown} ...)`,
      ]);
      const applied = await apply(name, text);
      expect([applied.status, applied.body['message']]).toEqual([
        400,
        `error decoding YAML: error converting YAML to JSON: ${why}`,
      ]);
    },
  );

  it('refuses what contains itself', async () => {
    const { status, body } = await apply('x', yaml('x', '&a {b: [*a]}'));
    expect([status, body['message']]).toEqual([
      400,
      "error decoding YAML: error converting YAML to JSON: yaml: anchor 'a' value contains itself",
    ]);
  });

  const maps = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
  const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  it('stores what is 450 levels deep, whoever writes and reads it', async () => {
    const name = unique('bag');
    const { url } = await bags.created(`{"free":${maps(450)}}`);
    const patch = (contentType: string, body: string): Promise<ContractResponse> =>
      connect().request('PATCH', `${url}?fieldManager=p`, { body, contentType });
    const statuses = [
      (await patch(MERGE, `{"spec":{"free":{"b":${maps(450)},"c":${lists(450)}}}}`)).status,
      (await patch(JSON_PATCH, `[{"op":"add","path":"/spec/free/d","value":${maps(450)}}]`)).status,
      (await apply(name, bags.text(name, `{"free":${maps(450)}}`))).status,
      (await connect().request('GET', url)).status,
      (await post(bags.text(unique('bag'), `{"free":${maps(450)}}`))).status,
    ];
    expect(statuses).toEqual([200, 200, 201, 200, 201]);
  });

  it('refuses what is deeper than 10,000 levels', async () => {
    const { url } = await bags.created('{"free":{"a":1}}');
    const refused = async (answer: Promise<ContractResponse>): Promise<unknown[]> => {
      const { status, body } = await answer;
      return [status, body['message']];
    };
    const fault = "invalid character '{' exceeded max depth";
    expect(await refused(bags.create(`{"free":${maps(11_000)}}`))).toEqual([
      400,
      `the object provided is unrecognized (must be of type Bag): couldn't get version/kind; json parse error: ${fault} ({"apiVersion":"contract.exampl ...)`,
    ]);
    const patches: [string, string][] = [
      [MERGE, `{"spec":{"free":${maps(11_000)}}}`],
      [JSON_PATCH, `[{"op":"add","path":"/spec/free","value":${maps(11_000)}}]`],
    ];
    for (const [contentType, body] of patches) {
      expect(await refused(connect().request('PATCH', url, { body, contentType }))).toEqual([
        400,
        `error decoding patch: ${fault}`,
      ]);
    }
    const name = unique('bag');
    expect(await refused(apply(name, bags.text(name, `{"free":${lists(11_000)}}`)))).toEqual([
      400,
      expect.stringMatching(
        /^error decoding YAML: error converting YAML to JSON: yaml: exceeded max depth of \d+$/,
      ),
    ]);
    expect(await refused(connect().request('DELETE', url, { body: lists(11_000) }))).toEqual([
      400,
      "couldn't get version/kind; json parse error: invalid character '[' exceeded max depth",
    ]);
  });
}
