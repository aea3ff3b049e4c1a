/** Whether node_modules holds what package-lock.json asks for. */
export function isInstalled(root: string): boolean;

/** Why `npm ci` failed, as one sentence for a person, from what npm wrote. */
export function explainInstallFailure(output: string): string;
