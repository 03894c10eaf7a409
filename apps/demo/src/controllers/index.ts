import type { Controller } from './controller.ts';
import { measured } from './measured.ts';

/** Everybody who works in the demo. */
export const controllers: readonly Controller[] = [...measured];
