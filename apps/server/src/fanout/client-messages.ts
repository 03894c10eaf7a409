import {
  MoveWindow,
  SubscribeCatalog,
  SubscribeChanges,
  SubscribeObject,
  SubscribeRolling,
  SubscribeRollout,
  SubscribeTable,
  Unsubscribe,
  type ClientMessage,
  type Fault,
} from '@kindscope/protocol';
import { Compile, type Validator } from 'typebox/compile';

/** What a client sent: a message, or why it is none and which id it names. */
export type ReadMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly id: number | undefined; readonly fault: Fault };

const views = {
  catalog: Compile(SubscribeCatalog),
  table: Compile(SubscribeTable),
  object: Compile(SubscribeObject),
  changes: Compile(SubscribeChanges),
  rollout: Compile(SubscribeRollout),
  rolling: Compile(SubscribeRolling),
};
const others = { window: Compile(MoveWindow), unsubscribe: Compile(Unsubscribe) };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf(value: unknown): number | undefined {
  return isRecord(value) && Number.isInteger(value['id']) ? Number(value['id']) : undefined;
}

function bad(value: unknown, detail: string, remedy: string): ReadMessage {
  return { ok: false, id: idOf(value), fault: { code: 'bad-message', detail, remedy } };
}

/** The schema that a message of this type must satisfy, or which names there are. */
function schemaOf(
  message: Readonly<Record<string, unknown>>,
): { readonly schema: Validator } | { readonly member: string; readonly known: string[] } {
  const { type, view } = message;
  if (type === 'subscribe') {
    const schema = Object.entries(views).find(([name]) => name === view)?.[1];
    return schema === undefined ? { member: 'view', known: Object.keys(views) } : { schema };
  }
  const schema = Object.entries(others).find(([name]) => name === type)?.[1];
  const known = ['subscribe', ...Object.keys(others)];
  return schema === undefined ? { member: 'type', known } : { schema };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads one message by the protocol's schemas. Fault: `bad-message`, saying which member and what is expected. */
export function readClientMessage(text: string): ReadMessage {
  const value = parse(text);
  if (!isRecord(value)) {
    return bad(value, 'The message is not a JSON object.', 'Send one JSON object a message.');
  }
  const found = schemaOf(value);
  if ('member' in found) {
    const got = JSON.stringify(value[found.member]) ?? 'nothing';
    return bad(
      value,
      `"${found.member}" is ${got.slice(0, 80)}.`,
      `It may be: ${found.known.join(', ')}.`,
    );
  }
  if (found.schema.Check(value)) return { ok: true, message: value as ClientMessage };
  const [error] = found.schema.Errors(value);
  const where = error?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
  // A member that the schema does not have fails the schema `false`.
  const unknown = error?.keyword === 'boolean';
  const what = unknown ? 'does not belong here' : (error?.message ?? 'is not as it should be');
  return bad(
    value,
    `${where === '' ? 'The message' : `"${where}"`} ${what}.`,
    'PROTOCOL.md describes every message.',
  );
}
