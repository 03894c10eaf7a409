import { parseJson, type JsonValue } from '@kindscope/kube';
import type { ServerMessage, StreamFrame } from '@kindscope/protocol';

const streamTypes: Record<StreamFrame['type'], true> = {
  begin: true,
  end: true,
  freshness: true,
  catalog: true,
  table: true,
  object: true,
  changes: true,
  rollout: true,
  rolling: true,
  gap: true,
};
const otherTypes: Record<Exclude<ServerMessage['type'], StreamFrame['type']>, true> = {
  welcome: true,
  beat: true,
  cluster: true,
  attached: true,
  error: true,
};

export type Received =
  | { readonly kind: 'message'; readonly message: ServerMessage }
  /** Of a type that this page does not know: left alone, as a newer server may say more. */
  | { readonly kind: 'unknown' }
  /** Not a message at all: the connection cannot be trusted any more. */
  | { readonly kind: 'garbled' };

/**
 * Reads one text frame. Numbers keep their digits. The frame's envelope is checked; for what is
 * inside, the handshake's subprotocol vouches.
 */
export function readMessage(data: unknown): Received {
  if (typeof data !== 'string') return { kind: 'garbled' };
  let value: JsonValue;
  try {
    value = parseJson(data);
  } catch {
    return { kind: 'garbled' };
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return { kind: 'garbled' };
  const { type } = value;
  if (typeof type !== 'string') return { kind: 'garbled' };
  if (Object.hasOwn(otherTypes, type)) {
    return { kind: 'message', message: value as unknown as ServerMessage };
  }
  if (!Object.hasOwn(streamTypes, type)) return { kind: 'unknown' };
  const framed =
    'stream' in value &&
    typeof value.stream === 'number' &&
    typeof value['epoch'] === 'string' &&
    typeof value['seq'] === 'number';
  return framed
    ? { kind: 'message', message: value as unknown as ServerMessage }
    : { kind: 'garbled' };
}

export function isStreamFrame(message: ServerMessage): message is StreamFrame {
  return Object.hasOwn(streamTypes, message.type);
}
