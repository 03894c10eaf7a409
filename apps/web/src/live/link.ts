/**
 * The page's link to Kindscope as a pure state machine; `connection.ts` carries out its effects.
 *
 * ```
 *            due, retry             welcome
 *  waiting ────────────▶ connecting ────────▶ open
 *   ▲  ▲                     │ closed, late     │ closed, silent
 *   │  │ no reason       probing ◀──┘           │
 *   │  └─────────────────────┤                  │
 *   │                        ▼ unauthorized     │
 *   │                   unauthorized ── retry ──┼──▶ connecting
 *   └───────────────────────────────────────────┘
 * ```
 * A handshake that fails tells a page nothing of why, so it asks over HTTP (`probing`).
 */
export type LinkState =
  | { readonly kind: 'connecting'; readonly attempt: number; readonly since: number }
  | { readonly kind: 'probing'; readonly attempt: number; readonly since: number }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly since: number }
  | { readonly kind: 'unauthorized'; readonly since: number }
  | { readonly kind: 'open'; readonly since: number };

export type LinkInput =
  | { readonly kind: 'welcome' }
  /** The socket closed; `unauthorized` when it said that the session ended. */
  | { readonly kind: 'closed'; readonly unauthorized: boolean }
  /** Nothing was heard for so long that the connection is dead; `heard` is when something last was. */
  | { readonly kind: 'silent'; readonly heard: number }
  /** The handshake takes too long. */
  | { readonly kind: 'late' }
  | { readonly kind: 'probed'; readonly unauthorized: boolean }
  /** The wait is over, the network is back, or the page is looked at again. */
  | { readonly kind: 'due' }
  /** Somebody asked, or a session was made. */
  | { readonly kind: 'retry' }
  /** A request over HTTP was refused for want of a session. */
  | { readonly kind: 'refused' };

/** `wait`: send `due` after a back-off of `attempt`. */
export type LinkEffect = 'connect' | 'drop' | 'probe' | 'wait';

export interface LinkStep {
  readonly state: LinkState;
  readonly effects: readonly LinkEffect[];
}

export function startLink(now: number): LinkStep {
  return { state: { kind: 'connecting', attempt: 0, since: now }, effects: ['connect'] };
}

/** What an input makes of a state. Inputs that mean nothing in a state leave it as it is. */
export function stepLink(state: LinkState, input: LinkInput, now: number): LinkStep {
  if (input.kind === 'refused') {
    return state.kind === 'unauthorized'
      ? stay(state)
      : { state: { kind: 'unauthorized', since: sinceOf(state, now) }, effects: ['drop'] };
  }
  switch (state.kind) {
    case 'connecting':
      return stepConnecting(state, input, now);
    case 'probing':
      return stepProbing(state, input);
    case 'waiting':
      return input.kind === 'due' || input.kind === 'retry' ? connect(state) : stay(state);
    case 'unauthorized':
      return input.kind === 'retry' ? connect({ attempt: 0, since: state.since }) : stay(state);
    case 'open':
      return stepOpen(state, input, now);
  }
}

function stepConnecting(
  state: Extract<LinkState, { kind: 'connecting' }>,
  input: LinkInput,
  now: number,
): LinkStep {
  switch (input.kind) {
    case 'welcome':
      return { state: { kind: 'open', since: now }, effects: [] };
    case 'closed':
      return input.unauthorized
        ? { state: { kind: 'unauthorized', since: state.since }, effects: ['drop'] }
        : { state: { ...state, kind: 'probing' }, effects: ['drop', 'probe'] };
    case 'late':
      return { state: { ...state, kind: 'probing' }, effects: ['drop', 'probe'] };
    default:
      return stay(state);
  }
}

function stepProbing(state: Extract<LinkState, { kind: 'probing' }>, input: LinkInput): LinkStep {
  if (input.kind === 'retry') return connect(state);
  if (input.kind !== 'probed') return stay(state);
  return input.unauthorized
    ? { state: { kind: 'unauthorized', since: state.since }, effects: [] }
    : { state: { ...state, kind: 'waiting', attempt: state.attempt + 1 }, effects: ['wait'] };
}

function stepOpen(
  state: Extract<LinkState, { kind: 'open' }>,
  input: LinkInput,
  now: number,
): LinkStep {
  switch (input.kind) {
    case 'closed':
      return input.unauthorized
        ? { state: { kind: 'unauthorized', since: now }, effects: ['drop'] }
        : { state: { kind: 'waiting', attempt: 0, since: now }, effects: ['drop', 'wait'] };
    case 'silent':
      // What was shown since the last word is not proven: the data is as old as that.
      return {
        state: { kind: 'waiting', attempt: 0, since: input.heard },
        effects: ['drop', 'wait'],
      };
    default:
      return stay(state);
  }
}

function connect(from: { readonly attempt: number; readonly since: number }): LinkStep {
  return {
    state: { kind: 'connecting', attempt: from.attempt, since: from.since },
    effects: ['connect'],
  };
}

function stay(state: LinkState): LinkStep {
  return { state, effects: [] };
}

function sinceOf(state: LinkState, now: number): number {
  return state.kind === 'open' ? now : state.since;
}

const firstWaitMs = 400;
const longestWaitMs = 5_000;

/** Doubles with each attempt up to 5 s, between half and the whole of it, so that many pages do not return at once. */
export function backOffMs(attempt: number, random: () => number): number {
  const whole = Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
  return whole * (0.5 + random() / 2);
}
