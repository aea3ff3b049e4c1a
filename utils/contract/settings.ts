import { z } from 'zod';
import { growing, kept } from './kept.ts';

/** Where the panel stands: in the page, or in the browser's own side panel (Firefox: sidebar). */
export const panelSideSchema = z.enum(['page', 'side']);
export type PanelSide = z.infer<typeof panelSideSchema>;

/**
 * What an admin settles for everybody in the workspace. `panelSides`: a site that is named here has its panel there, whatever a member would choose.
 * Keys are site ids; those that a device does not know are kept and passed over. `GET` and `PATCH /v1/desk/settings`.
 */
export const workspaceSettingsSchema = kept({
  panelSides: z.record(z.string().max(40), growing(panelSideSchema)).default({}),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;

/** `PATCH /v1/desk/settings`: changes the sites that are named; null leaves a site to its members again. Answers the settings as they are then. */
export const changeSettingsRequestSchema = z.object({
  panelSides: z.record(z.string().min(1).max(40), panelSideSchema.nullable()).optional(),
});
export type SettingsChange = z.infer<typeof changeSettingsRequestSchema>;
