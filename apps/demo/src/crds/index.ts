import { alertRule } from './alerting.ts';
import { customResourceDefinition } from './crd.ts';
import { delivery } from './delivery.ts';
import { platform } from './platform.ts';

/** Every CRD of the demo, ready to send, in an order in which the names of all but one are accepted. */
export const crds = [...delivery, ...platform, alertRule].map(customResourceDefinition);
