import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';
import { layerRuleSet, worldRuleSet } from './rules.ts';
import { lendTypeScriptSix } from './typescript-six.ts';

lendTypeScriptSix();
const { cruise } = await import('dependency-cruiser');

/** One import that breaks a rule. `to` is what is imported, `via` the way there when it is not direct. */
export interface Violation {
  rule: string;
  comment: string;
  from: string;
  to: string;
  via: string[];
}

/** What a cruise saw: how many files, what breaks a rule, and every import as `from -> to`. */
export interface Findings {
  files: number;
  violations: Violation[];
  imports: string[];
}

const scanned = ['utils', 'components', 'entrypoints', 'server', 'recognise', 'setup', 'tour', 'test'];

/**
 * Follows every import below a folder and returns what breaks a rule.
 * Two passes: one sees imports of types, for the layers; one sees only what runs, for the worlds.
 */
export async function findViolations(baseDir: string): Promise<Findings> {
  const { existsSync } = await import('node:fs');
  const folders = scanned.filter((folder) => existsSync(`${baseDir}/${folder}`));
  const layered = await follow(baseDir, folders, layerRuleSet, true);
  const running = await follow(baseDir, folders, worldRuleSet, false);
  return { files: layered.files, imports: layered.imports, violations: [...layered.violations, ...running.violations] };
}

async function follow(
  baseDir: string,
  folders: string[],
  forbidden: readonly IForbiddenRuleType[],
  withTypes: boolean,
): Promise<Findings> {
  const { output } = await cruise(
    folders,
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: [...forbidden] },
      tsPreCompilationDeps: withTypes,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^(test/fixtures/(sites|exports)/|\\.output|\\.wxt)' },
    },
    {
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    {
      tsConfig: { options: { jsx: 4, jsxImportSource: 'preact', verbatimModuleSyntax: true, target: 99, module: 99 } },
    },
  );
  const { modules, summary } = output as ICruiseResult;
  return {
    files: modules.filter((module) => !module.source.includes('node_modules')).length,
    imports: modules.flatMap((module) => module.dependencies.map(({ resolved }) => `${module.source} -> ${resolved}`)),
    violations: summary.violations.map((found) => ({
      rule: found.rule.name,
      comment: forbidden.find(({ name }) => name === found.rule.name)?.comment ?? '',
      from: found.from,
      to: found.to,
      via: (found.cycle ?? found.via ?? []).map(({ name }) => name),
    })),
  };
}
