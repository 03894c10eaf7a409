import { between, randomOf } from '../random.ts';
import type { DemoObject } from './demo-object.ts';
import { teams } from './teams.ts';

/** So many generated flags, one after the other: large numbers are for measuring. The same for the same seed. */
export function* fillers(seed: number, count: number): Iterable<DemoObject> {
  for (let index = 0; index < count; index += 1) yield filler(seed, index);
}

function filler(seed: number, index: number): DemoObject {
  const team = teams[index % teams.length];
  const random = randomOf(`${seed} filler ${index}`);
  return {
    apiVersion: 'flags.example.dev/v1',
    resource: 'featureflags',
    manager: 'flagctl',
    body: {
      apiVersion: 'flags.example.dev/v1',
      kind: 'FeatureFlag',
      metadata: {
        name: `generated-${String(index).padStart(6, '0')}`,
        namespace: team?.namespace ?? 'default',
        labels: { team: team?.name ?? 'none', generated: 'true' },
      },
      spec: {
        enabled: random() < 0.5,
        rollout: between(random, 0, 100),
        description: `Generated flag ${index + 1}, to fill the cluster.`,
      },
    },
  };
}
