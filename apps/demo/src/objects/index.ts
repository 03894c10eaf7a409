import { seededRandom } from '../random.ts';
import { workloadObjects } from '../workloads/objects.ts';
import { alertRuleObjects } from './alert-rules.ts';
import { applicationObjects } from './applications.ts';
import type { DemoObject } from './demo-object.ts';
import { deploymentObjects } from './deployments.ts';
import { clusterObjects, teamObjects } from './shared.ts';
import { teams } from './teams.ts';

export { fillers } from './fillers.ts';
export type { DemoObject } from './demo-object.ts';
export { backupOf, runOf, withOwner } from './owned.ts';

/** What the demo starts with, namespaces first; the same seed gives the same objects. */
export function demoObjects(seed: number): DemoObject[] {
  const random = seededRandom(seed);
  const objects = clusterObjects(teams);
  for (const team of teams) {
    objects.push(...teamObjects(team, random));
    for (const name of team.applications) objects.push(...applicationObjects(team, name, random));
  }
  objects.push(...deploymentObjects(), ...workloadObjects(), ...alertRuleObjects());
  return objects;
}
