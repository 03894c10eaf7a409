import type { Script } from '../script.ts';
import { script } from '../script.ts';
import { applying } from './applying.ts';
import { changing } from './changing.ts';
import { creating } from './creating.ts';
import { deleting } from './deleting.ts';
import { describing } from './describing.ts';
import { discovering } from './discovering.ts';
import { explaining } from './explaining.ts';
import { reading } from './reading.ts';
import { rollouts } from './rollouts.ts';
import { waiting } from './waiting.ts';
import { watching } from './watching.ts';

export { definitions } from './definitions.ts';

/** What the scripts work with; it goes first. */
export const installKinds: Script = script(
  'install the kinds',
  'create -f crds.yaml',
  'wait --for=condition=Established crd -l suite=clients',
  'apply -f planets.yaml',
);

/** Everything that is asked of kubectl, on either server. */
export const scripts: readonly Script[] = [
  ...discovering,
  ...explaining,
  ...reading,
  ...watching,
  ...describing,
  ...creating,
  ...applying,
  ...changing,
  ...rollouts,
  ...waiting,
  ...deleting,
];
