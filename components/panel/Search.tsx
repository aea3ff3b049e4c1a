import type { Candidate } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { PeopleList } from './PeopleList.tsx';

interface SearchProps {
  label: string;
  words: string;
  found: Candidate[] | null;
  onSearch: (words: string) => void;
  onOpen: (candidate: Candidate) => void;
}

/** Finds people and accounts in this browser's own copy. */
export function Search({ label, words, found, onSearch, onOpen }: SearchProps) {
  return (
    <>
      <label class="field">
        <span>{label}</span>
        <span class="search">
          <Icon name="search" />
          <input
            type="search"
            value={words}
            placeholder={word('panel_search_placeholder')}
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            onInput={(event) => onSearch(event.currentTarget.value)}
          />
        </span>
      </label>
      <div role="status" class="found">
        {found?.length === 0 && <p class="small quiet">{word('panel_search_none', words.trim())}</p>}
      </div>
      {found !== null && found.length > 0 && (
        <PeopleList
          people={found.map((each) => ({ ...each, note: each.name && each.account ? each.account : null }))}
          most={8}
          onOpen={onOpen}
        />
      )}
    </>
  );
}
