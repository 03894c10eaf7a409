import { between, seededRandom } from '../random.ts';
import { workloadObjects } from '../workloads/objects.ts';
import { alertRuleObjects } from './alert-rules.ts';
import { applicationObjects } from './applications.ts';
import type { DemoObject } from './demo-object.ts';
import { deploymentObjects } from './deployments.ts';
import { clusterObjects, teamObjects } from './shared.ts';
import { teams } from './teams.ts';

export type { DemoObject } from './demo-object.ts';
export { backupOf, runOf, withOwner } from './owned.ts';

/**
 * Everything the demo starts with, in an order that can be created: namespaces first.
 *
 * @param seed the same seed gives the same objects.
 * @param atLeast flags are added until there are so many objects: large numbers are for measuring.
 */
export function demoObjects(seed: number, atLeast: number): DemoObject[] {
  const random = seededRandom(seed);
  const objects = clusterObjects(teams);
  for (const team of teams) {
    objects.push(...teamObjects(team, random));
    for (const name of team.applications) objects.push(...applicationObjects(team, name, random));
  }
  objects.push(...deploymentObjects(), ...workloadObjects(), ...alertRuleObjects());
  for (let index = 0; objects.length < atLeast; index += 1) objects.push(filler(index, random));
  return objects;
}

function filler(index: number, random: () => number): DemoObject {
  const team = teams[index % teams.length];
  const namespace = team?.namespace ?? 'default';
  return {
    apiVersion: 'flags.example.dev/v1',
    resource: 'featureflags',
    manager: 'flagctl',
    body: {
      apiVersion: 'flags.example.dev/v1',
      kind: 'FeatureFlag',
      metadata: {
        name: `generated-${String(index).padStart(6, '0')}`,
        namespace,
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
