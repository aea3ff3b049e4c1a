/** What the first admin has to know. `link` null: it stands in `file`, where no log keeps it. */
export interface Guide {
  workspace: string;
  firstAdmin: string;
  /** Whether somebody named the first admin; else it is an address of nobody's. */
  isNamed: boolean;
  /** Folders of the extension as it is loaded into a browser, and whether they are there yet. */
  extensions: { chrome: string; firefox: string; isBuilt: boolean };
  link: string | null;
  file?: string;
}

/** The way from an empty store to the first card, in the fewest lines that leave nothing out. Pure. */
export function writeGuide({ workspace, firstAdmin, isNamed, extensions, link, file }: Guide): string {
  const { chrome, firefox, isBuilt } = extensions;
  return `
Nobody has joined "${workspace}" yet. From here to the first card:

  1. The extension${isBuilt ? ' is built.' : ': make it with  npm run build'}
     Chrome, Edge: chrome://extensions, Developer mode, Load unpacked
       ${chrome}
     Firefox: about:debugging#/runtime/this-firefox, Load Temporary Add-on
       ${firefox}/manifest.json

  2. ${link === null ? 'The first admin’s invite link is in a file for you alone:' : 'Open this link in that browser and click Baton’s icon in the toolbar:'}
       ${link ?? file}
     ${link === null ? 'Open the link in that browser and click Baton’s icon in the toolbar. ' : ''}It makes ${firstAdmin} an admin, once, within 24 hours.
${isNamed ? '' : '     FIRST_ADMIN=<your address> before the start makes it yours.\n'}
  3. In the Desk, Sources brings your accounts in and People invites your colleagues.
`;
}
