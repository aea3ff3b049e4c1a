import { fileURLToPath } from 'node:url';
import { findViolations } from './cruise.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { files, violations } = await findViolations(root);
for (const { rule, comment, from, to, via } of violations) {
  const path = via.length > 0 ? `\n    by way of ${via.join(' → ')}` : '';
  process.stdout.write(`${rule}: ${from} imports ${to}${path}\n    ${comment}\n`);
}
process.stdout.write(`${files} files followed, ${violations.length} imports break a rule.\n`);
process.exitCode = violations.length > 0 ? 1 : 0;
