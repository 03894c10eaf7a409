import manifest from '../package.json' with { type: 'json' };

/** Kindscope's version. */
export const version: string = manifest.version;
