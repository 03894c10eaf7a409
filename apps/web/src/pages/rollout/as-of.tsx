import { Pill } from '../../ui/pill.tsx';

/** Of when something is that has no place in time, where it is not of the time that the lanes show. */
export function AsOf({ children }: { readonly children: string | undefined }) {
  return children === undefined ? null : <Pill>{children}</Pill>;
}
