/** A path of elements as Kubernetes shows it: `.spec.parts[name="a"].count`. */
export function showPath(path: readonly string[]): string {
  return path.map(showElement).join('');
}

export function showElement(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}
