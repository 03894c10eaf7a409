/** An API server and how to be let in. */
export interface Target {
  readonly url: string;
  readonly token: string;
  /** PEM of whom to trust; none for plain HTTP. */
  readonly authority?: string;
}

/** What the load generator is asked to do. Objects are numbered; `from` is the first one's number. */
export type Task =
  /** Creates the CRD and waits until its objects can be listed. */
  | { readonly kind: 'setup' }
  | {
      readonly kind: 'create';
      readonly from: number;
      readonly count: number;
      readonly writers: number;
    }
  /** All objects: at once, or in pages of `limit`. */
  | { readonly kind: 'list'; readonly limit?: number }
  /** Opens one watch at a past version and reads `count` events of it. */
  | { readonly kind: 'replay'; readonly revision: string; readonly count: number }
  /** Opens watches, creates objects, and waits until each watch has told of each object. */
  | {
      readonly kind: 'fanout';
      readonly watchers: number;
      readonly from: number;
      readonly count: number;
      readonly writers: number;
    };

export interface Report {
  readonly ms: number;
  /** Bytes of the answers. */
  readonly bytes: number;
  /** Objects or events that came in them. */
  readonly items: number;
  /** The version before the first write, or that the list was at. */
  readonly revision: string;
  /** The share of one core that the load generator itself took meanwhile. */
  readonly load: number;
}

export interface Order {
  readonly target: Target;
  readonly task: Task;
}

export type Outcome = { readonly report: Report } | { readonly error: string };
