import { applicationController } from './application.ts';
import { backupController, backupSchedule } from './backup.ts';
import { certificateController } from './certificate.ts';
import type { Controller } from './controller.ts';
import { databaseController } from './database.ts';
import { leaseHolder } from './lease.ts';
import { measured } from './measured.ts';
import { pipelineRunController } from './pipeline-run.ts';
import { trafficSplitController } from './traffic-split.ts';

/** Every controller that works in the demo. */
export const controllers: readonly Controller[] = [
  applicationController,
  trafficSplitController,
  certificateController,
  databaseController,
  backupSchedule,
  backupController,
  pipelineRunController,
  leaseHolder,
  ...measured,
];
