import type { Shelf } from '../../utils/view/desk/desk.ts';
import type { AddressBar } from '../../utils/view/desk/place.ts';

/** The page's own address: what stands after `#`. */
export const addressBar: AddressBar = {
  read: () => location.hash,
  write: (hash, isStep) => history[isStep ? 'pushState' : 'replaceState'](null, '', hash),
  onChange: (react) => {
    window.addEventListener('popstate', react);
    window.addEventListener('hashchange', react);
  },
};

const prefix = 'desk:';

/** Drafts and habits of this browser, on the extension's own shelf. Nothing of the workspace's but words the person typed. */
export const shelf: Shelf = {
  read: (key) => localStorage.getItem(prefix + key),
  write: (key, value) => {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  },
};
