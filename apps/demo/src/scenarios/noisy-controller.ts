import { countAt, isJsonObject, valueAt, type JsonObject } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import type { Scenario, Target } from './scenario.ts';

const targets: readonly Target[] = ['edge-eu', 'edge-us', 'images'].map((name) => ({
  gvr: gvrOf('gateway.example.net/v1', 'apiroutes'),
  namespace: 'edge',
  name,
}));

/** The whole of the noise: so long, and the writes of each object this far apart. */
const noiseMs = 40_000;
const everyMs = 100;

export const noisyController: Scenario = {
  name: 'noisy-controller',
  title: 'A noisy controller',
  description:
    'For 40 seconds a controller that measures latencies writes the status of three routes ten times a second each, though next to nothing has changed.',
  subjects: targets,
  async play(stage) {
    const before = await Promise.all(targets.map((target) => stage.read(target)));
    targets.forEach((target, index) => {
      const status = measuresOf(before[index] ?? {});
      stage.putBack((restoring) => restoring.patch(target, 'envoy-gateway', { status }, 'status'));
    });
    stage.tell('latency-exporter writes thirty times a second.');
    const endsAt = stage.now() + noiseMs;
    for (let write = 0; stage.now() < endsAt; write += 1) {
      await Promise.all(
        targets.map((target, index) => {
          const p99Millis = (countAt(before[index], 'status', 'p99Millis') ?? 20) + swing(write);
          return stage.patch(target, 'latency-exporter', { status: { p99Millis } }, 'status');
        }),
      );
      await stage.pause(everyMs);
    }
  },
};

/** Up and down by little, and never the same twice in a row. */
function swing(write: number): number {
  return 1 + (write % 3);
}

function measuresOf(route: JsonObject): JsonObject {
  const status = valueAt(route, 'status');
  return { p99Millis: (isJsonObject(status) ? status['p99Millis'] : undefined) ?? null };
}
