import type { ComponentChildren } from 'preact';

/** The row at the top: the page's name, then period, filters, space, "as of", actions. */
export function TitleRow({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <header class="title">
      <h1>{title}</h1>
      {children}
    </header>
  );
}
