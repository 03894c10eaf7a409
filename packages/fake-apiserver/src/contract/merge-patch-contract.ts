import { expect, it } from 'vitest';
import { mapAt, type Json } from '../json.ts';
import { useBags } from './contract-bags.ts';
import type { ContractClient } from './contract-client.ts';

const MERGE = 'application/merge-patch+json';

/** Where the nulls of a merge patch stay and where they go (RFC 7396, as evanphx/json-patch has it). */
export function mergePatchContract(connect: () => ContractClient): void {
  const bags = useBags(connect);

  const cases: [string, string, string, Json][] = [
    ['in the maps of a new list', '{}', '{"v":[{"a":null,"b":{"c":null}}]}', [{ b: {} }]],
    [
      'in the maps of a list in place of another',
      '{"v":[]}',
      '{"v":[{"a":null,"b":1}]}',
      [{ b: 1 }],
    ],
    ['in the lists of a new map', '{}', '{"v":{"a":null,"l":[{"b":null}]}}', { l: [{}] }],
    [
      'in the lists of a map in place of a number',
      '{"v":5}',
      '{"v":{"l":[{"b":null}]}}',
      { l: [{}] },
    ],
    ['in a map in place of a null', '{"v":null}', '{"v":{"l":[{"b":null}]}}', { l: [{}] }],
  ];
  it.each(cases)('drops the nulls %s', async (_title, before, change, after) => {
    expect(await merged(before, change)).toEqual(after);
  });

  const kept: [string, string, string, Json][] = [
    ['that are items', '{}', '{"v":[null,[null,{"a":null}]]}', [null, [null, {}]]],
    ['in a list in place of a map', '{"v":{"a":1}}', '{"v":[{"b":null}]}', [{ b: null }]],
  ];
  it.each(kept)('keeps the nulls %s', async (_title, before, change, after) => {
    expect(await merged(before, change)).toEqual(after);
  });

  async function merged(before: string, change: string): Promise<Json | undefined> {
    const { url } = await bags.created(`{"free":${before}}`);
    const body = `{"spec":{"free":${change}}}`;
    const answer = await connect().request('PATCH', url, { body, contentType: MERGE });
    return mapAt(mapAt(answer.body, 'spec'), 'free')?.['v'];
  }
}
