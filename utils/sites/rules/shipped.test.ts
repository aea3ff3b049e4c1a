import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type SiteRule, siteRuleSchema } from '#contract/site-rule.ts';
import { normalizeCrm } from '../../identity/crm.ts';
import { rule as odoo } from '../odoo/rule.ts';
import { rule as suitecrm } from '../suitecrm/rule.ts';

const folder = new URL('./shipped/', `file://${import.meta.filename}`);
const files = readdirSync(folder);
const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
const rules: SiteRule[] = [odoo, suitecrm, ...modules.flatMap((each) => Object.values(each) as SiteRule[])];

describe('a rule that comes with Baton', () => {
  it('is there for each file', () => expect(rules).toHaveLength(files.length + 2));

  it.each(rules.map((rule) => [rule.system, rule] as const))('is one that a company could write: %s', (_, rule) => {
    expect(siteRuleSchema.parse(rule)).toEqual(rule);
  });

  it.each(rules.map((rule) => [rule.system, rule] as const))('names records as identifiers do: %s', (system, rule) => {
    for (const { object } of rule.records)
      expect(normalizeCrm(`${system}:${object}:17`)).toBe(`${system}:${object}:17`);
  });
});
