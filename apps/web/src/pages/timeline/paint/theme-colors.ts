/** The colours of the tokens that the canvas is drawn with, as the theme has them now. */
export interface ThemeColors {
  readonly surface: string;
  readonly line: string;
  readonly line2: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly hover: string;
  readonly warn: string;
  readonly good: string;
  readonly bad: string;
  readonly font: string;
}

export function readThemeColors(element: Element): ThemeColors {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: token('surface'),
    line: token('line'),
    line2: token('line-2'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    accent: token('accent'),
    hover: token('hover'),
    warn: token('warn'),
    good: token('ok'),
    bad: token('bad'),
    font: token('font'),
  };
}
