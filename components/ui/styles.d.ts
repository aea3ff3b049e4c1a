declare module '*.css' {}

declare module '*.css?inline' {
  const css: string;
  // biome-ignore lint/style/noDefaultExport: the bundler hands a style sheet over as a default export
  export default css;
}
