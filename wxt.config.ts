import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wxt';
import { mainHosts } from './utils/settings/site-hosts.ts';

/** What own pages may load and reach: themselves, and a store over HTTPS (plain HTTP only on this machine). */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src https: http://localhost:* http://127.0.0.1:*',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export default defineConfig({
  manifestVersion: 3,
  targetBrowsers: ['chrome', 'firefox'],
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  vite: () => ({
    resolve: {
      alias: [
        // WXT's own context tells every page the extension's id when a content script starts; ours says nothing.
        {
          find: 'wxt/utils/content-script-context',
          replacement: fileURLToPath(new URL('./utils/reading/quiet-context.ts', import.meta.url)),
        },
      ],
    },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_manifest_name__',
    description: '__MSG_manifest_description__',
    default_locale: 'en',
    permissions: [
      ...['storage', 'unlimitedStorage', 'alarms', 'scripting', 'activeTab'],
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    host_permissions: [...mainHosts],
    optional_host_permissions: ['https://*/*'],
    content_security_policy: { extension_pages: pagePolicy },
    action: { default_title: '__MSG_manifest_name__' },
    commands: {
      'toggle-panel': {
        suggested_key: { default: 'Alt+B' },
        description: '__MSG_manifest_toggle_panel__',
      },
      // Without a key of its own: whoever wants to switch while they write gives it one in the browser's settings.
      'next-person': { description: '__MSG_manifest_next_person__' },
    },
    ...(browser === 'firefox'
      ? {
          sidebar_action: {
            default_panel: 'panel.html',
            default_title: '__MSG_manifest_name__',
            default_icon: { 16: 'icon/16.png', 32: 'icon/32.png' },
            open_at_install: false,
          },
          browser_specific_settings: {
            gecko: {
              id: 'baton@baton.example',
              strict_min_version: '140.0',
              // What people send on purpose; the reason for each is in decision 31. `technicalAndInteraction` may only be optional, and is asked before it is sent.
              data_collection_permissions: {
                required: [
                  'authenticationInfo',
                  'personallyIdentifyingInfo',
                  'websiteContent',
                  'personalCommunications',
                ],
                optional: ['technicalAndInteraction'],
              },
            },
          },
        }
      : {
          side_panel: { default_path: 'panel.html' },
          // Firefox takes its policy from a manifest that the organisation installs, and needs no schema.
          storage: { managed_schema: 'managed-schema.json' },
          minimum_chrome_version: '120',
        }),
  }),
});
