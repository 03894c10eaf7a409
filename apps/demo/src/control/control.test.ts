import { createFakeApiServer, type FakeApiServer } from '@kindscope/fake-apiserver';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Connection } from '../connection.ts';
import { gvrOf } from '../gvr.ts';
import { createErrorLog } from '../log.ts';
import { createReservations } from '../reservations.ts';
import { createDirector, type Director } from '../scenarios/director.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createControl, type Control } from './control.ts';

const endless: Scenario = {
  name: 'endless',
  title: 'An endless story',
  description: 'It goes on.',
  subjects: [{ gvr: gvrOf('v1', 'pods'), namespace: 'shop' }],
  play: (stage) => {
    stage.tell('It goes on.');
    return stage.stay();
  },
};

describe('the HTTP control of the demo', () => {
  let api: FakeApiServer;
  let connection: Connection;
  let control: Control;
  let director: Director;
  let ending: AbortController;
  const log = createErrorLog((line) => {
    throw new Error(line);
  });

  beforeEach(async () => {
    control = createControl();
    api = await createFakeApiServer({ token: 't', extend: control.extend });
    connection = connect(api.url, 't', log);
    ending = new AbortController();
    const { factory, client } = connection;
    const reservations = { people: createReservations(), controllers: createReservations() };
    const clock = createFakeClock(0);
    const deps = { factory, client, clock, log, ...reservations, scenarios: [endless] };
    director = createDirector(deps, ending.signal);
    control.ready({ director, faults: api.faults });
  });

  afterEach(async () => {
    ending.abort();
    await director.idle();
    await connection.close();
    await api.close();
  });

  const bearer = { authorization: 'Bearer t' };

  async function ask(method: string, path: string, body?: string) {
    const given = body === undefined ? {} : { body };
    const response = await fetch(`${api.url}/demo${path}`, { method, headers: bearer, ...given });
    const { headers, status } = response;
    return { status, headers, answer: (await response.json()) as Record<string, unknown> };
  }

  const post = (path: string, body?: string) => ask('POST', path, body);

  it('wants the token, in either form, for every path', async () => {
    const paths = ['/scenarios', '/scenarios/endless', '/faults', '/faults/1', ''];
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const response = await fetch(`${api.url}/demo${path}`, { method });
        expect([path, response.status]).toEqual([path, 401]);
      }
    }
    expect(director.standing(endless).state).toBe('idle');
    const inPath = await fetch(`${api.url}/token/t/demo/scenarios`);
    expect(inPath.status).toBe(200);
  });

  it('refuses everything until the demo is ready', async () => {
    const early = createControl();
    const other = await createFakeApiServer({ token: 't', extend: early.extend });
    const response = await fetch(`${other.url}/demo/scenarios`, { headers: bearer });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    await other.close();
  });

  it('lists the scenarios: what they are about, and how they stand', async () => {
    const { answer } = await ask('GET', '/scenarios');
    expect(answer).toEqual({
      items: [
        {
          name: 'endless',
          title: 'An endless story',
          description: 'It goes on.',
          resources: [{ group: '', version: 'v1', resource: 'pods', namespace: 'shop' }],
          state: 'idle',
        },
      ],
    });
  });

  it('starts a scenario once, and ends it', async () => {
    const [first, second] = await Promise.all([
      post('/scenarios/endless'),
      post('/scenarios/endless'),
    ]);
    expect(new Set([first.status, second.status])).toEqual(new Set([202, 409]));
    const { answer } = await ask('GET', '/scenarios/endless');
    expect(answer).toMatchObject({
      state: 'running',
      message: 'It goes on.',
      startedAt: '1970-01-01T00:00:00Z',
    });
    expect((await ask('DELETE', '/scenarios/endless')).status).toBe(202);
    await director.idle();
    const ended = await ask('DELETE', '/scenarios/endless');
    expect([ended.status, ended.answer['state']]).toEqual([200, 'done']);
    expect((await post('/scenarios/endless', '{}')).status).toBe(202);
  });

  it.each(['GET', 'POST', 'DELETE', 'PUT'])(
    'answers %s of an unknown scenario with the names there are',
    async (method) => {
      const { status, answer } = await ask(method, '/scenarios/end%20less');
      expect([status, answer['message']]).toEqual([
        404,
        'There is no scenario "end less": there are endless.',
      ]);
    },
  );

  it('starts nothing while the demo ends', async () => {
    ending.abort();
    const { status, answer } = await post('/scenarios/endless');
    expect([status, answer['message']]).toEqual([503, 'The demo is ending.']);
  });

  it('refuses a body where none is wanted, and methods and paths that there are not', async () => {
    expect((await post('/scenarios/endless', '{"seconds":5}')).status).toBe(400);
    expect((await post('/scenarios/endless', 'x'.repeat(100_000))).status).toBe(400);
    const wrong = await ask('PUT', '/scenarios/endless');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE']);
    expect((await post('/scenarios')).status).toBe(405);
    expect((await ask('GET', '/scenarios/endless/more')).status).toBe(404);
    expect((await ask('GET', '/other')).status).toBe(404);
    expect(director.standing(endless).state).toBe('idle');
  });

  const pods = () => fetch(`${api.url}/api/v1/pods`, { headers: bearer });
  const services = () => fetch(`${api.url}/api/v1/services`, { headers: bearer });

  it('puts in a fault, counts whom it has met, and removes it', async () => {
    const sent = { kind: 'status', code: 503, on: { resource: 'pods' } };
    const { status, answer } = await post('/faults', JSON.stringify(sent));
    expect([status, answer]).toEqual([201, { id: '1', hits: 0, fault: sent }]);
    expect([(await pods()).status, (await services()).status]).toEqual([503, 200]);
    const listed = await ask('GET', '/faults');
    expect(listed.answer).toEqual({ items: [{ id: '1', hits: 1, fault: sent }] });
    expect((await ask('DELETE', '/faults/1')).status).toBe(200);
    expect((await ask('DELETE', '/faults/1')).status).toBe(404);
    expect((await pods()).status).toBe(200);
  });

  it('is met by no fault itself, and removes all of them at once', async () => {
    await post('/faults', '{"kind":"status","code":500}');
    await post('/faults', '{"kind":"freeze","on":{"resource":"services"}}');
    expect((await pods()).status).toBe(500);
    expect((await ask('DELETE', '/faults')).answer).toEqual({ items: [] });
    expect([(await pods()).status, (await services()).status]).toEqual([200, 200]);
  });

  it.each([
    ['', 'the body is not JSON'],
    ['{"kind":"status"', 'the body is not JSON'],
    ['[]', 'a fault must be an object'],
    ['null', 'a fault must be an object'],
    ['{"kind":"flood"}', 'kind: "flood" is no kind of fault'],
    ['{"kind":"constructor"}', 'is no kind of fault'],
    ['{"kind":"status"}', 'code: a fault of the kind status must have it'],
    ['{"kind":"status","code":200}', 'code: 200 is not'],
    ['{"kind":"delay","ms":-1}', 'ms: -1 is not'],
    ['{"kind":"cut","__proto__":{}}', '__proto__: a fault has no such field'],
    [`{"kind":"freeze","on":{"client":"${'x'.repeat(10_000)}"}}`, 'no longer than 10000 bytes'],
    ['['.repeat(9000), 'the body is not JSON'],
  ])('refuses what is no fault, and says why: %j', async (body, why) => {
    const { status, answer } = await post('/faults', body);
    expect([status, answer['reason']]).toEqual([400, 'BadRequest']);
    expect(answer['message']).toContain(why);
    expect((await ask('GET', '/faults')).answer).toEqual({ items: [] });
  });

  it('takes a hundred faults and no more', async () => {
    const one = () => post('/faults', '{"kind":"delay","ms":0,"on":{"client":"nobody"}}');
    const answers = await Promise.all(Array.from({ length: 101 }, one));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(100);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
  });
});
