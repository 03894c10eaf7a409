/** Vite's way to a file's text, so that tests need no file system. */
declare module '*.md?raw' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- this is how Vite gives it
  export default text;
}
