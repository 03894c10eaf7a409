import type { ChangeClass } from '@kindscope/protocol';
import { changeClassWords } from '../../../ui/class-glyph.tsx';

/** The classes of a change in order of precedence; a mark's classes are bits in this order. */
export const markClasses = Object.keys(changeClassWords) as readonly ChangeClass[];

const places = new Map(markClasses.map((name, place) => [name, place]));

/** The bit of a class. */
export function classBit(name: ChangeClass): number {
  return 1 << (places.get(name) ?? 0);
}

export function classBits(names: Iterable<ChangeClass>): number {
  let bits = 0;
  for (const name of names) bits |= classBit(name);
  return bits;
}

export const heartbeatBit = classBit('heartbeat');
export const allBits = classBits(markClasses);

/** The first of the classes, as a place in {@link markClasses}; -1 of none. */
export function firstClass(bits: number): number {
  return bits === 0 ? -1 : 31 - Math.clz32(bits & -bits);
}

/** The classes that a set of bits names, in order of precedence. */
export function classesOf(bits: number): ChangeClass[] {
  return markClasses.filter((_, place) => (bits & (1 << place)) !== 0);
}
