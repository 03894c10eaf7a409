import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import text from '../PROTOCOL.md?raw';
import { ClientMessage } from './client-message.ts';
import { ServerMessage, StreamFrame } from './server-message.ts';
import { protocolVersion, subprotocol } from './version.ts';

interface Example {
  readonly side: string;
  readonly source: string;
}

const examples: Example[] = Array.from(
  text.matchAll(/^```json (client|server)\n(.*?)^```$/gms),
  ([, side = '', source = '']) => ({ side, source }),
);
const typesOf = (side: string) =>
  new Set(examples.filter((one) => one.side === side).map(({ source }) => JSON.parse(source).type));

/** The `type` of every member of a union, nested unions too. */
function typesIn(schema: unknown): string[] {
  const { anyOf, properties } = schema as {
    anyOf?: unknown[];
    properties?: { type: { const: string } };
  };
  if (anyOf !== undefined) return anyOf.flatMap(typesIn);
  return properties === undefined ? [] : [properties.type.const];
}

describe('PROTOCOL.md', () => {
  it.each(examples)('shows messages as the schemas have them: $source', ({ side, source }) => {
    const schema = side === 'client' ? ClientMessage : ServerMessage;
    expect([...Value.Errors(schema, JSON.parse(source))]).toEqual([]);
  });

  it('shows every type of message', () => {
    expect(typesOf('client')).toEqual(new Set(typesIn(ClientMessage)));
    expect(typesOf('server')).toEqual(new Set(typesIn(ServerMessage)));
    expect(typesIn(StreamFrame)).toContain('table');
  });

  it('is of the version that the code speaks', () => {
    expect(text).toContain(`# The Kindscope protocol, version ${protocolVersion}\n`);
    expect(text).toContain(`\`${subprotocol}\``);
  });

  it('names no rule twice', () => {
    const rules = Array.from(text.matchAll(/\*\*\[([WTS]\d+)\]\*\*/g), ([, rule]) => rule);
    expect(rules.length).toBeGreaterThan(40);
    expect(new Set(rules).size).toBe(rules.length);
  });
});
