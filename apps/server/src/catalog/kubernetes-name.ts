/** RFC 1123 subdomain, loosely: what groups, versions, resources and namespaces are called. */
const name = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * Whether this can stand in a path to the API server as it is. `..` can not: whoever resolves it on
 * the way would ask for something else.
 */
export function isName(text: string): boolean {
  return name.test(text);
}
