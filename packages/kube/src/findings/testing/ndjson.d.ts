declare module '*.ndjson?raw' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- it is how Vite gives a file's text
  export default text;
}
