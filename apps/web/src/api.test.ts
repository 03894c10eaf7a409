import { stringifyJson } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { createApi } from './api.ts';

const pods = { group: '', version: 'v1', resource: 'pods' };
const rollouts = { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' };

function apiThatAnswers(body: string) {
  const asked: string[] = [];
  const api = createApi({
    fetch: async (input, init) => {
      asked.push(`${init?.method ?? 'GET'} ${decodeURIComponent(input)}`);
      return new Response(body === '' ? null : body, { status: body === '' ? 204 : 200 });
    },
  });
  return { api, asked };
}

describe('the HTTP API', () => {
  it('asks for changes by several resources and classes, and leaves out what does not narrow', async () => {
    const { api, asked } = apiThatAnswers('{}');
    await api.getMarks({ resources: [pods, rollouts], namespace: '', classes: ['spec'], limit: 7 });
    await api.getDensity({ labelSelector: 'a in (b)', buckets: 3 });
    await api.listChanges({});
    expect(asked).toEqual([
      'GET api/v1/changes/marks?resource=core/v1/pods&resource=argoproj.io/v1alpha1/rollouts&class=spec&limit=7',
      'GET api/v1/changes/density?labelSelector=a+in+(b)&buckets=3',
      'GET api/v1/changes',
    ]);
  });

  it('reads a state of an object with all its digits', async () => {
    const text = '{"spec":{"n":1795351674012986412}}';
    const { api, asked } = apiThatAnswers(text);
    const state = { resourceVersion: '7', uid: 'u' };
    expect(stringifyJson(await api.getRevision(rollouts, 'shop', 'web', state))).toBe(text);
    expect(asked).toEqual([
      'GET api/v1/resources/argoproj.io/v1alpha1/rollouts/objects/shop/web?revision=7&uid=u',
    ]);
  });

  it('pins and unpins', async () => {
    const { api, asked } = apiThatAnswers('');
    await api.pin(pods);
    await api.unpin(pods);
    expect(asked).toEqual([
      'PUT api/v1/watching/core/v1/pods',
      'DELETE api/v1/watching/core/v1/pods',
    ]);
  });
});
