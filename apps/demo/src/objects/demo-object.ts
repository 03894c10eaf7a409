/** An object as it is sent: who sends it, and the status its controller had reached before the demo began. */
export interface DemoObject {
  readonly apiVersion: string;
  readonly resource: string;
  readonly body: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
      readonly name: string;
      readonly namespace?: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
  };
  /** The field manager that creates it. */
  readonly manager: string;
}
