/** What a request does, in Kubernetes' words (apiserver pkg/endpoints/request/requestinfo.go). */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

/**
 * Whom a fault meets: requests of which everything said here is true; without any of it every
 * request, discovery and health included. What is said of resources leaves those two out.
 */
export interface FaultMatch {
  /** Plural and group as in `widgets.example.com`; the plural alone in the core group. */
  readonly resource?: string;
  readonly verb?: Verb | readonly Verb[];
  /** What is asked inside this namespace; a list of all namespaces is not. */
  readonly namespace?: string;
  /** How the client's User-Agent begins. */
  readonly client?: string;
}

/** How often: of the matching requests the first `after` pass, then at most `times` are met. */
interface FaultRate {
  readonly on?: FaultMatch;
  readonly after?: number;
  readonly times?: number;
  /** The chance, from 0 to 1, that a matching request is met; drawn from the server's seed. */
  readonly probability?: number;
}

/** In a watch: once so many lines, bookmarks included, have come. With it a fault meets watches alone. */
interface AfterEvents {
  readonly afterEvents?: number;
}

/** Once so many bytes of the answer have come. */
interface AfterBytes {
  readonly afterBytes?: number;
}

/**
 * What happens to the request. Where nothing is said of events or bytes it happens at once, and
 * the request is not carried out; `afterBytes: 0` carries it out and says nothing of it.
 */
type FaultAct =
  /** Answers with this code and a `Status`. */
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly retryAfterSeconds?: number;
      readonly message?: string;
    }
  /** Waits this long by the server's clock before it is carried out; each event of a watch, too. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection, in the middle of the answer if it has begun. */
  | ({ readonly kind: 'cut' } & AfterEvents & AfterBytes)
  /** The connection stays, and nothing ever comes again, not even when the fault is removed. */
  | ({ readonly kind: 'half-open' } & AfterEvents & AfterBytes)
  /** Nothing comes until the fault is removed, and then everything. */
  | { readonly kind: 'freeze' }
  /** A line that is no JSON: between the events of a watch, or instead of any other answer. */
  | ({ readonly kind: 'garbage' } & AfterEvents)
  /** An answer, or a line of a watch, that ends in its middle, in good order as HTTP sees it. */
  | ({ readonly kind: 'truncated' } & AfterEvents)
  /** 410: to a list as its answer, to a watch as an ERROR event that ends it. Meets these alone. */
  | ({ readonly kind: 'expired' } & AfterEvents);

export type Fault = FaultRate & FaultAct;
export type FaultKind = Fault['kind'];

/** A fault that has been put in. */
export interface AddedFault {
  /** How many requests and open watches it has met. */
  readonly hits: number;
  /** Lets everybody be; what it has frozen goes on. */
  remove(): void;
}
