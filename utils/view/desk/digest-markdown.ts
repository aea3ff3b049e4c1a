import type { Digest, DigestLine } from '#contract/digest.ts';
import { escapeMarkdown } from '../../platform/markdown.ts';
import { countWord, word } from '../../platform/words.ts';
import { enough } from '../../scoring/wilson.ts';
import { writeCalendarDay, writeCount, writeInterval, writePercent } from './figures.ts';

/** How many of a period were weak, with its interval; without a rate below 20. */
export function writeWeakRate({ weak, strong }: { weak: number; strong: number }): string {
  const count = weak + strong;
  if (count < enough) return word('desk_few', count, enough);
  return word(
    'desk_digest_rate',
    writeCount(weak),
    writeCount(count),
    writePercent(weak / count),
    writeInterval(weak, count),
  );
}

/** One insight: what was said, then what it means, and where. */
function writeLine({ text, quote, account }: DigestLine): string {
  const place = account === null ? '' : ` (${escapeMarkdown(account)})`;
  if (quote === null) return `- ${escapeMarkdown(text)}${place}`;
  return `- “${escapeMarkdown(quote)}”${place}  \n  ${escapeMarkdown(text)}`;
}

/** A digest as Markdown, to be pasted anywhere. What people typed is escaped, so that it says what it says and does nothing. */
export function writeDigestMarkdown(digest: Digest): string {
  const { from, until, insights, accounts, verdicts } = digest;
  const sections = [
    `# ${word('desk_digest_title', writeCalendarDay(from), writeCalendarDay(until))}`,
    `${countWord('desk_insights_count', insights)} ${countWord('desk_insights_accounts', accounts)}`,
    ...digest.kinds.map(({ kind, count, lines }) => writeSection(word(`desk_kind_${kind}`), count, lines)),
    ...digest.swot.map(({ swot, count, lines }) => writeSection(word(`desk_digest_${swot}`), count, lines)),
  ];
  if (digest.themes.length > 0) {
    const lines = digest.themes.map(
      ({ theme, count, before }) =>
        `- ${escapeMarkdown(theme)}: ${word('desk_digest_before', writeCount(count), writeCount(before))}`,
    );
    sections.push(`## ${word('desk_digest_themes')}`, lines.join('\n'));
  }
  sections.push(
    `## ${word('desk_digest_verdicts')}`,
    [
      `- ${word('desk_digest_now')}: ${writeWeakRate(verdicts)}`,
      `- ${word('desk_digest_earlier')}: ${writeWeakRate(verdicts.before)}`,
      ...verdicts.reasons
        .filter(({ reason }) => reason !== null)
        .map(
          ({ reason, count }) =>
            `- ${word(`panel_reason_${reason}`)}: ${word('desk_of', writeCount(count), writeCount(verdicts.weak))}`,
        ),
    ].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}

function writeSection(title: string, count: number, lines: readonly DigestLine[]): string {
  const more = count > lines.length ? `\n- ${word('desk_digest_more', count - lines.length)}` : '';
  return `## ${title} (${writeCount(count)})\n\n${lines.map(writeLine).join('\n')}${more}`;
}
