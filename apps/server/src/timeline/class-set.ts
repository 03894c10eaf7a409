import type { ChangeClass } from '@kindscope/protocol';

/** In order of precedence, as the protocol lists them: a change is shown as the first of its classes. */
export const changeClasses: readonly ChangeClass[] = [
  'deleted',
  'recreated',
  'created',
  'deleting',
  'spec',
  'condition',
  'metadata',
  'status',
  'heartbeat',
];

/** Some of the classes as bits: bit n stands for the nth of {@link changeClasses}. */
export type ClassSet = number;

export function classSet(classes: Iterable<ChangeClass>): ClassSet {
  let set = 0;
  for (const one of classes) set |= 1 << changeClasses.indexOf(one);
  return set;
}

/** The index of the class a change with these is shown as. */
export function shownClass(set: ClassSet): number {
  return 31 - Math.clz32(set & -set);
}
