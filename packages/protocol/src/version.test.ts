import { expect, it } from 'vitest';
import * as protocol from './index.ts';
import { hashText } from './testing/hash.ts';

/**
 * One line per version that was ever released, never changed afterwards. A schema has changed its
 * shape when this fails: raise `protocolVersion` and add a line.
 */
const hashes: Readonly<Record<number, string>> = {
  1: 'accd31306f9aff0b',
};

it('the schemas are those of the protocol version', () => {
  const schemas = Object.entries(protocol)
    .filter(([, exported]) => typeof exported === 'object')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(schemas.length).toBeGreaterThan(40);
  expect(hashText(JSON.stringify(schemas))).toBe(hashes[protocol.protocolVersion]);
});

it('the subprotocol names the version', () => {
  expect(protocol.subprotocol).toBe(`kindscope.v${protocol.protocolVersion}`);
});
