/** A change in a link. Ids begin anew with each process of the server: `instance` says of which. */
export interface ChangeLink {
  readonly id: number;
  /** Undefined where the link does not say. */
  readonly instance: string | undefined;
}

/** `INSTANCE.ID`, or the id alone; undefined for what is neither. */
export function parseChangeLink(text: string | undefined): ChangeLink | undefined {
  const [, instance, id] = /^(?:([\w-]+)\.)?(\d{1,15})$/u.exec(text ?? '') ?? [];
  return id === undefined ? undefined : { id: Number(id), instance };
}

export function formatChangeLink(instance: string | undefined, id: number): string {
  return instance === undefined ? String(id) : `${instance}.${id}`;
}
