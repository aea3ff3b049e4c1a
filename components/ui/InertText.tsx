import { splitLinks } from './inert-text.ts';

/** Text that people typed, drawn as text: never as markup, links `https:` only, opening elsewhere without saying from where. */
export function InertText({ text }: { text: string }) {
  return (
    <>
      {splitLinks(text).map((part, index) =>
        part.href === null ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}
