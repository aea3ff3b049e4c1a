import type { z } from 'zod';
import * as agreement from '#contract/agreement.ts';
import * as ask from '#contract/ask.ts';
import * as band from '#contract/band.ts';
import * as bundle from '#contract/bundle.ts';
import * as commonLanguage from '#contract/common-language.ts';
import * as desk from '#contract/desk.ts';
import * as deskHandOver from '#contract/desk-hand-over.ts';
import * as digest from '#contract/digest.ts';
import * as evidence from '#contract/evidence.ts';
import * as feed from '#contract/feed.ts';
import * as funnel from '#contract/funnel.ts';
import * as handOver from '#contract/hand-over.ts';
import * as hashKey from '#contract/hash-key.ts';
import * as hindsight from '#contract/hindsight.ts';
import * as ids from '#contract/ids.ts';
import * as imports from '#contract/import.ts';
import * as insight from '#contract/insight.ts';
import * as keptDigest from '#contract/kept-digest.ts';
import * as mapping from '#contract/mapping.ts';
import * as mutation from '#contract/mutation.ts';
import * as ownResults from '#contract/own-results.ts';
import * as packed from '#contract/packed.ts';
import * as preview from '#contract/preview.ts';
import * as receipt from '#contract/receipt.ts';
import * as retention from '#contract/retention.ts';
import * as score from '#contract/score.ts';
import * as session from '#contract/session.ts';
import * as settings from '#contract/settings.ts';
import * as siteRule from '#contract/site-rule.ts';
import * as touch from '#contract/touch.ts';
import * as verdict from '#contract/verdict.ts';

const files = [
  agreement,
  ask,
  band,
  bundle,
  commonLanguage,
  desk,
  deskHandOver,
  digest,
  evidence,
  feed,
  funnel,
  handOver,
  hashKey,
  hindsight,
  ids,
  imports,
  insight,
  keptDigest,
  mapping,
  mutation,
  ownResults,
  packed,
  preview,
  receipt,
  retention,
  score,
  session,
  settings,
  siteRule,
  touch,
  verdict,
];

/** Every schema that the contract exports, with its name in the document: `bundleAccountSchema` is `BundleAccount`. */
export function listNamedSchemas(): ReadonlyMap<z.core.$ZodType, string> {
  const names = new Map<z.core.$ZodType, string>();
  for (const [name, value] of files.flatMap((file) => Object.entries(file))) {
    if (!name.endsWith('Schema') || typeof value !== 'object' || !('_zod' in value)) continue;
    const plain = name.slice(0, -'Schema'.length);
    names.set(value as z.core.$ZodType, plain[0]?.toUpperCase() + plain.slice(1));
  }
  return names;
}
