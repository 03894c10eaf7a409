export * from './json.ts';
export * from './resource.ts';
