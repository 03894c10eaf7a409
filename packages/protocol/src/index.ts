export * from './change.ts';
export * from './client-message.ts';
export * from './http.ts';
export * from './resource.ts';
export * from './server-message.ts';
export * from './state.ts';
export * from './table.ts';
export * from './version.ts';
