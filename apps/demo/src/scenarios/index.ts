import { abortedCanary } from './aborted-canary.ts';
import { certificateRenewal } from './certificate-renewal.ts';
import { crdUpgrade } from './crd-upgrade.ts';
import { fieldFight } from './field-fight.ts';
import { noisyController } from './noisy-controller.ts';
import { rollout } from './rollout.ts';
import type { Scenario } from './scenario.ts';
import { stuckRollout } from './stuck-rollout.ts';

/** Every story that the demo can be asked for. */
export const scenarios: readonly Scenario[] = [
  rollout,
  stuckRollout,
  abortedCanary,
  certificateRenewal,
  fieldFight,
  crdUpgrade,
  noisyController,
];
