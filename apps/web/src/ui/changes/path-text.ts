const longest = 46;

/**
 * A field path short enough for one line of the feed: the first two steps and as many of the
 * last ones as there is room for, `spec.template…containers[name=web].image`.
 */
export function shortPath(path: string): string {
  if (path.length <= longest) return path;
  const steps = pathSteps(path);
  if (steps.length <= 3) return path;
  const head = steps.slice(0, 2).join('.');
  const tail: string[] = [];
  let room = longest - head.length - 1;
  for (const step of steps.slice(2).reverse()) {
    if (tail.length > 0 && step.length + 1 > room) break;
    tail.unshift(step);
    room -= step.length + 1;
  }
  return tail.length === steps.length - 2 ? path : `${head}…${tail.join('.')}`;
}

/** A path's steps; a dot inside brackets (`annotations[example.com/a]`) separates nothing. */
export function pathSteps(path: string): string[] {
  const steps: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < path.length; index += 1) {
    const character = path[index];
    if (character === '[') depth += 1;
    else if (character === ']') depth -= 1;
    else if (character === '.' && depth === 0) {
      if (index > start) steps.push(path.slice(start, index));
      start = index + 1;
    }
  }
  steps.push(path.slice(start));
  return steps;
}
