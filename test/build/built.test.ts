import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { shippedSiteIdSchema } from '#contract/sighting.ts';
import { parsePolicy } from '../../utils/settings/policy.ts';
import { mainHosts } from '../../utils/settings/site-hosts.ts';
import { measureSizes } from '../bench/size.ts';

const output = fileURLToPath(new URL('../../.output', import.meta.url));

/** What may be asked for. More is a decision, to be written down and added here. */
const permissions = ['storage', 'unlimitedStorage', 'alarms', 'scripting', 'activeTab'];
const allowedWhereUsed = ['sidePanel', 'identity'];

interface Manifest {
  manifest_version: number;
  permissions: string[];
  host_permissions: string[];
  optional_host_permissions?: string[];
  optional_permissions?: string[];
  content_scripts?: { matches: string[]; css?: string[] }[];
  content_security_policy: { extension_pages: string };
  browser_specific_settings?: { gecko: { id: string; data_collection_permissions?: { required: string[] } } };
}

describe.each(['chrome-mv3', 'firefox-mv3'] as const)('what was built: %s', (browser) => {
  const folder = join(output, browser);
  const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const built = readdirSync(folder, { recursive: true, encoding: 'utf8' });

  it('asks for exactly the permissions it is meant to have', () => {
    const asked = manifest.permissions.filter((permission) => !allowedWhereUsed.includes(permission));
    expect(asked.toSorted()).toEqual(permissions.toSorted());
    expect(manifest.optional_permissions ?? []).toEqual([]);
  });

  it('asks for the hosts of the main sites, and for others only when they are switched on', () => {
    expect(manifest.host_permissions.toSorted()).toEqual(mainHosts.toSorted());
    expect(manifest.optional_host_permissions ?? []).toEqual(['https://*/*']);
  });

  it('runs on the hosts of the main sites only', () => {
    const hosts = new Set(mainHosts);
    const matches = (manifest.content_scripts ?? []).flatMap((script) => script.matches);
    expect(matches.filter((match) => !hosts.has(match))).toEqual([]);
  });

  it('leaves nothing that a page could probe for', () => {
    expect(text).not.toContain('web_accessible_resources');
    expect(text).not.toContain('externally_connectable');
  });

  it('is of manifest version 3 and runs no code from elsewhere', () => {
    expect(manifest.manifest_version).toBe(3);
    expect(manifest.content_security_policy.extension_pages).toContain("script-src 'self';");
    expect(manifest.content_security_policy.extension_pages).not.toMatch(/unsafe-|script-src[^;]*https?:/);
    const pages = built.filter((file) => file.endsWith('.html'));
    const foreign = pages.filter((file) => /(src|href)="https?:/.test(readFileSync(join(folder, file), 'utf8')));
    expect(foreign).toEqual([]);
  });

  it('has page scripts that stay light', () => {
    const heavy = measureSizes(browser).filter(({ met }) => !met);
    expect(heavy).toEqual([]);
  });

  it('carries no source maps and no tests', () => {
    expect(built.filter((file) => /\.map$|\.test\./.test(file))).toEqual([]);
  });
});

describe('the Chrome build', () => {
  const folder = join(output, 'chrome-mv3');
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, never>;

  it('tells Chrome what an organisation can fix, site by site; without that Chrome hands no policy over', () => {
    const { managed_schema: file } = read('manifest.json')['storage'] as unknown as { managed_schema: string };
    const { properties } = read(file) as unknown as { properties: Record<string, { properties?: object }> };
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(parsePolicy({}).policy).toSorted());
    const shipped = shippedSiteIdSchema.options.toSorted();
    expect(Object.keys(properties['sites']?.properties ?? {}).toSorted()).toEqual(shipped);
    expect(Object.keys(properties['panelSides']?.properties ?? {}).toSorted()).toEqual(shipped);
  });
});

describe('the Firefox build', () => {
  const manifest = JSON.parse(readFileSync(join(output, 'firefox-mv3', 'manifest.json'), 'utf8')) as Manifest;

  it('tells Firefox all that people send, and nothing more', () => {
    expect(manifest.browser_specific_settings?.gecko.id).toBeTruthy();
    // One more or less is a decision: what is sent has changed.
    expect(manifest.browser_specific_settings?.gecko.data_collection_permissions).toEqual({
      required: ['authenticationInfo', 'personallyIdentifyingInfo', 'websiteContent', 'personalCommunications'],
      optional: ['technicalAndInteraction'],
    });
  });
});
