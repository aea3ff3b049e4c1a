import { z } from 'zod';
import { growing, kept } from './kept.ts';

/** Where the panel stands: in the page, or in the browser's own side panel (Firefox: sidebar). */
export const panelSideSchema = z.enum(['page', 'side']);
export type PanelSide = z.infer<typeof panelSideSchema>;

/**
 * What an admin settles for everybody in the workspace. `panelSides`: a site that is named here has its panel there, whatever a member would choose.
 * Keys are site ids; those that a device does not know are kept and passed over. `ownDomains`: domains of the company's own beside those of the
 * members' addresses, normalised, in order. `GET` and `PATCH /v1/desk/settings`.
 */
export const workspaceSettingsSchema = kept({
  panelSides: z.record(z.string().max(40), growing(panelSideSchema)).default({}),
  ownDomains: z.array(z.string().max(253)).optional(),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;

/**
 * `PATCH /v1/desk/settings`: changes the sites and domains that are named, so that two admins at work do not undo each other; null leaves a site to its
 * members again, and takes a domain off the list. Answers the settings as they are then.
 */
export const changeSettingsRequestSchema = z.object({
  panelSides: z.record(z.string().min(1).max(40), panelSideSchema.nullable()).optional(),
  ownDomains: z.record(z.string().min(1).max(253), z.literal(true).nullable()).optional(),
});
export type SettingsChange = z.infer<typeof changeSettingsRequestSchema>;
