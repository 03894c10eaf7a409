import type { Freshness } from '@kindscope/protocol';
import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
} from 'react';
import { createPortal } from 'react-dom';

interface Slots {
  readonly crumbs: HTMLElement | null;
  readonly setCrumbs: (element: HTMLElement | null) => void;
  readonly freshness: Freshness | undefined;
  readonly setFreshness: Dispatch<SetStateAction<Freshness | undefined>>;
}

const SlotsContext = createContext<Slots | undefined>(undefined);

/** Lets a page fill its part of the top bar. */
export function SlotsProvider({ children }: { readonly children: ReactNode }) {
  const [crumbs, setCrumbs] = useState<HTMLElement | null>(null);
  const [freshness, setFreshness] = useState<Freshness | undefined>();
  const slots = useMemo(
    () => ({ crumbs, setCrumbs, freshness, setFreshness }),
    [crumbs, freshness],
  );
  return <SlotsContext value={slots}>{children}</SlotsContext>;
}

export function useSlots(): Slots {
  const slots = use(SlotsContext);
  if (slots === undefined) throw new Error('useSlots needs a SlotsProvider above it');
  return slots;
}

/** Where the page is, in the top bar: {@link Crumb}s, the last of them `current`. */
export function Crumbs({ children }: { readonly children: ReactNode }) {
  const { crumbs } = useSlots();
  return crumbs === null ? null : createPortal(children, crumbs);
}

/** What the page shows is as fresh as this: said in the top bar instead of the connection's own freshness. */
export function usePageFreshness(freshness: Freshness | undefined): void {
  const { setFreshness } = useSlots();
  const text = JSON.stringify(freshness);
  useEffect(() => {
    setFreshness(text === undefined ? undefined : (JSON.parse(text) as Freshness));
    return () => setFreshness(undefined);
  }, [text, setFreshness]);
}
