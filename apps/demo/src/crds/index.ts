import { customResourceDefinition } from './crd.ts';
import { delivery } from './delivery.ts';
import { platform } from './platform.ts';

/** Every CRD of the demo, ready to send. */
export const crds = [...delivery, ...platform].map(customResourceDefinition);
