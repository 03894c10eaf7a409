/** What one client, and one stream, may cost. PROTOCOL.md names these numbers. */
export const limits = {
  /** Open subscriptions of one connection. */
  subscriptions: 64,
  /** A client's message, in bytes. */
  frameBytes: 64 * 1024,
  /** Messages a client may send at once, and how many more each second brings. */
  messageBurst: 200,
  messagesPerSecond: 50,
  /** Bytes that wait for a client before it is sent no more frames until they are gone. */
  highWater: 1024 * 1024,
  /** Bytes that wait for a client that is no more fed before the connection is given up. */
  hopeless: 8 * 1024 * 1024,
  /** Frames that a stream remembers, in number and in bytes. */
  ring: { frames: 512, bytes: 4 * 1024 * 1024 },
  /** How long a stream lives on after its last client, and how many do. */
  lingerMs: 30_000,
  lingering: 64,
  /** The shortest time between two flushes of a stream. */
  flushMs: 16,
  /** Rows, items or changes in one frame of a snapshot. */
  chunk: 200,
  /** Changes that a snapshot brings when the client does not say, and that fill a gap at most. */
  backlog: 200,
  fill: 1000,
  /** Silence after which a beat is sent. */
  beatMs: 15_000,
} as const;

/** Why the server ends a connection. Codes from 4000 on are Kindscope's own. */
export const closeCodes = {
  goingAway: { code: 1001, reason: 'the server is stopping' },
  tooBig: { code: 1009, reason: 'message too big' },
  internalError: { code: 1011, reason: 'internal error' },
  sessionExpired: { code: 4401, reason: 'session expired' },
  tooSlow: { code: 4408, reason: 'client does not read' },
  tooManyMessages: { code: 4429, reason: 'too many messages' },
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];
