const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `41,208` */
export function wholeNumber(value: number): string {
  return whole.format(value);
}

/** `1 kind`, `5 kinds` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${wholeNumber(value)} ${value === 1 ? one : many}`;
}
