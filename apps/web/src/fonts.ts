import mono from '@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2?url';
import sans from '@fontsource-variable/geist/files/geist-latin-wght-normal.woff2?url';
import { preload } from 'react-dom';

/** Asks for the fonts of styles/fonts.css before the first text is laid out in another one. */
export function preloadFonts(): void {
  for (const font of [sans, mono]) {
    preload(font, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  }
}

/** The font of the page, as styles/fonts.css has it, for a worker, which has no style sheets. */
export interface PageFont {
  readonly family: string;
  readonly url: string;
  readonly weight: string;
}

export const pageFont: PageFont = { family: 'Geist Variable', url: sans, weight: '100 900' };
