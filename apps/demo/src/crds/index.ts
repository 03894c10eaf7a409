import { alertRule } from './alerting.ts';
import { applications } from './applications.ts';
import { certificates } from './certificates.ts';
import { ci } from './ci.ts';
import { customResourceDefinition } from './crd.ts';
import { data } from './data.ts';
import { flags } from './flags.ts';
import { gateway } from './gateway.ts';
import { streaming } from './streaming.ts';
import { tenancy } from './tenancy.ts';

/** Every CRD of the demo, ready to send, in an order in which the names of all but one are accepted. */
export const crds = [
  ...applications,
  ...flags,
  ...tenancy,
  ...gateway,
  ...certificates,
  ...data,
  ...streaming,
  ...ci,
  alertRule,
].map(customResourceDefinition);
