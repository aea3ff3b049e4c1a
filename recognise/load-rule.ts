import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ownSiteSchema } from '../utils/contract/settings.ts';
import { siteRuleSchema } from '../utils/contract/site-rule.ts';
import { RecogniseError } from './arguments.ts';
import type { NamedRule } from './page-script.ts';

/**
 * Loads a rule from a JSON file: a rule by itself, or a whole site of a company's own with its rule in it. `folder`: where a relative name is looked for.
 * Throws a RecogniseError that says where in the rule what is wrong.
 */
export async function loadRule(file: string, folder: string): Promise<NamedRule> {
  let text: string;
  try {
    text = await readFile(isAbsolute(file) ? file : join(folder, file), 'utf8');
  } catch (error) {
    throw new RecogniseError(`The rule ${file} cannot be read. Check its name.`, { cause: error });
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecogniseError(`The rule ${file} is no JSON: ${reason}.`, { cause: error });
  }
  const isSite = typeof raw === 'object' && raw !== null && 'rule' in raw;
  const parsed = (isSite ? ownSiteSchema : siteRuleSchema).safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the whole'}: ${message}`);
    throw new RecogniseError(`The rule ${file} cannot be used:\n${problems.join('\n')}`);
  }
  return 'rule' in parsed.data
    ? { site: parsed.data.id, rule: parsed.data.rule }
    : { site: 'own-rule', rule: parsed.data };
}
