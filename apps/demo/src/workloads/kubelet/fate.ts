import { stringAt, type JsonObject } from '@kindscope/kube';

/** What becomes of a container, by its image and by whether its pod restarts it. */
export interface Fate {
  /** There is no such image. */
  readonly broken: boolean;
  /** How it ends, and after how long; undefined: it runs until it is stopped. */
  readonly end: { readonly exitCode: number; readonly afterMs: number } | undefined;
}

/**
 * The tag tells: `…-broken` cannot be pulled; `…-crashing` and `…-failing` end with an error; any other runs
 * on, or, where it is not restarted, ends well.
 *
 * @param random in [0, 1): how long it takes.
 */
export function fateOf(image: string, restartPolicy: string, random: number): Fate {
  const fails = /-(crashing|failing)$/.test(image);
  const runsOn = restartPolicy === 'Always' && !fails;
  const afterMs = restartPolicy === 'Always' ? 1500 + 1500 * random : 4000 + 6000 * random;
  return {
    broken: image.endsWith('-broken'),
    end: runsOn ? undefined : { exitCode: fails ? 1 : 0, afterMs },
  };
}

export function restartPolicyOf(pod: JsonObject): string {
  return stringAt(pod, 'spec', 'restartPolicy') ?? 'Always';
}

/** After an end with that exit code it is started again. */
export function isRestarted(restartPolicy: string, exitCode: number): boolean {
  return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0);
}
