export { LiveProvider, useLive } from './context.ts';
export {
  useCatalog,
  useChanges,
  useConnection,
  useObject,
  useRolling,
  useRollingCount,
  useRollout,
  useRow,
  useTable,
  type Changes,
  type Table,
} from './hooks.ts';
export { useNow } from './use-now.ts';
export type * from './types.ts';
