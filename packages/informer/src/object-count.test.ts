import { describe, expect, test } from 'vitest';
import { countObjects } from './object-count.ts';
import { settle } from './testing/fake-clock.ts';
import { createFakeTransport, refused } from './testing/fake-transport.ts';
import type { Exchange } from './testing/fake-transport.ts';
import { flag, flags, listOf, statusOf } from './testing/objects.ts';

async function count(answer: (exchange: Exchange) => void) {
  const transport = createFakeTransport();
  const counting = countObjects({ transport, gvr: flags, signal: new AbortController().signal });
  await settle();
  const exchange = transport.take();
  expect(exchange.query).toEqual({ limit: '1' });
  answer(exchange);
  return counting;
}

describe('counting', () => {
  test('adds what remains to what came', async () => {
    const more = { continue: 't', remainingItemCount: 4321 };
    expect(
      await count((exchange) => exchange.answer(200, listOf(1, [flag('a', 1)], more))),
    ).toEqual({
      ok: true,
      count: 4322,
    });
    expect(await count((exchange) => exchange.answer(200, listOf(1, [])))).toEqual({
      ok: true,
      count: 0,
    });
  });

  test('does not make up what the server does not say', async () => {
    const list = listOf(1, [flag('a', 1)], { continue: 't' });
    expect(await count((exchange) => exchange.answer(200, list))).toEqual({
      ok: true,
      count: undefined,
    });
  });

  test('says why it cannot', async () => {
    expect(
      await count((exchange) => exchange.answer(403, statusOf(403, 'Forbidden'))),
    ).toMatchObject({
      ok: false,
      fault: { code: 'forbidden', status: 403, detail: 'it said Forbidden' },
    });
    expect(await count((exchange) => exchange.fail(refused))).toMatchObject({
      ok: false,
      fault: { code: 'network' },
    });
    expect(await count((exchange) => exchange.answer(200, '<html>'))).toMatchObject({ ok: false });
  });
});
