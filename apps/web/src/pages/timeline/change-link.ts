/** A change in a link. Ids begin anew with each process of the server: `instance` says of which. */
export interface ChangeLink {
  readonly id: number;
  /** Undefined where the link does not say. */
  readonly instance: string | undefined;
}

/** `INSTANCE.ID`, or the id alone; undefined for what is neither. */
function parseChangeLink(text: string | undefined): ChangeLink | undefined {
  const [, instance, id] = /^(?:([\w-]+)\.)?(\d{1,15})$/u.exec(text ?? '') ?? [];
  return id === undefined ? undefined : { id: Number(id), instance };
}

export function formatChangeLink(instance: string | undefined, id: number): string {
  return instance === undefined ? String(id) : `${instance}.${id}`;
}

/**
 * The change that a link names; `openId` among those that the server of `instance` tells: what another
 * process called so is none of them.
 */
export function openChange(
  text: string | undefined,
  instance: string | undefined,
): { readonly open: ChangeLink | undefined; readonly openId: number | undefined } {
  const open = parseChangeLink(text);
  const openId = (open?.instance ?? instance) === instance ? open?.id : undefined;
  return { open, openId };
}

/** The search parameter for a change; empty for none. */
export function formatOpen(id: number | undefined, instance: string | undefined): string {
  return id === undefined ? '' : formatChangeLink(instance, id);
}
