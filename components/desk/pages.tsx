import type { ComponentType } from 'preact';
import { createAsks } from '../../utils/view/desk/asks.ts';
import { createCriteria } from '../../utils/view/desk/criteria.ts';
import type { Desk } from '../../utils/view/desk/desk.ts';
import { createFunnel } from '../../utils/view/desk/funnel.ts';
import { createHandOvers } from '../../utils/view/desk/hand-overs.ts';
import { createInsights } from '../../utils/view/desk/insights.ts';
import { createLanguage } from '../../utils/view/desk/language.ts';
import { createOwnResults } from '../../utils/view/desk/own-results.ts';
import { createPeople } from '../../utils/view/desk/people.ts';
import { createQuality } from '../../utils/view/desk/quality.ts';
import { createSettings } from '../../utils/view/desk/settings.ts';
import { createSources } from '../../utils/view/desk/sources.ts';
import { createTalkingPoints } from '../../utils/view/desk/talking-points.ts';
import { createToday } from '../../utils/view/desk/today.ts';
import { AsksPage } from './asks/AsksPage.tsx';
import { CriteriaPage } from './criteria/CriteriaPage.tsx';
import { FunnelPage } from './funnel/FunnelPage.tsx';
import { HandOversPage } from './hand-overs/HandOversPage.tsx';
import { InsightsPage } from './insights/InsightsPage.tsx';
import { LanguagePage } from './language/LanguagePage.tsx';
import type { GlyphName } from './parts/Glyph.tsx';
import { PeoplePage } from './people/PeoplePage.tsx';
import { PointsPage } from './points/PointsPage.tsx';
import { QualityPage } from './quality/QualityPage.tsx';
import { ResultsPage } from './results/ResultsPage.tsx';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { SourcesPage } from './sources/SourcesPage.tsx';
import { TodayPage } from './today/TodayPage.tsx';

/** A page of the Desk. `letter` goes there after `G`; `group` is its heading in the navigation, null for the first page. */
export interface PageEntry {
  id: string;
  group: 'say' | 'listen' | 'agree' | 'foot' | null;
  glyph: GlyphName;
  letter: string;
  /** Absent: for marketing alone. */
  isForEverybody?: true;
  /** Makes the page's model, once for as long as the Desk is open, and the component that draws it. */
  create(desk: Desk): ComponentType;
}

/** All pages, in the order of the navigation. The words of a page are `desk_nav_<id>` (dashes as underlines). */
export const pages: readonly PageEntry[] = [
  {
    id: 'today',
    group: null,
    glyph: 'home',
    letter: 't',
    create(desk) {
      const model = createToday(desk);
      return () => <TodayPage desk={desk} model={model} />;
    },
  },
  {
    id: 'results',
    isForEverybody: true,
    group: null,
    glyph: 'check',
    letter: 'r',
    create(desk) {
      const model = createOwnResults(desk);
      return () => <ResultsPage desk={desk} model={model} />;
    },
  },
  {
    id: 'talking-points',
    group: 'say',
    glyph: 'say',
    letter: 'p',
    create(desk) {
      const model = createTalkingPoints(desk);
      return () => <PointsPage desk={desk} model={model} />;
    },
  },
  {
    id: 'lead-quality',
    group: 'listen',
    glyph: 'gauge',
    letter: 'l',
    create(desk) {
      const model = createQuality(desk);
      return () => <QualityPage desk={desk} model={model} />;
    },
  },
  {
    id: 'hand-overs',
    group: 'listen',
    glyph: 'baton',
    letter: 'h',
    create(desk) {
      const model = createHandOvers(desk);
      return () => <HandOversPage desk={desk} model={model} />;
    },
  },
  {
    id: 'insights',
    group: 'listen',
    glyph: 'quote',
    letter: 'i',
    create(desk) {
      const model = createInsights(desk);
      return () => <InsightsPage desk={desk} model={model} />;
    },
  },
  {
    id: 'asks',
    group: 'listen',
    glyph: 'inbox',
    letter: 'a',
    create(desk) {
      const model = createAsks(desk);
      return () => <AsksPage desk={desk} model={model} />;
    },
  },
  {
    id: 'criteria',
    isForEverybody: true,
    group: 'agree',
    glyph: 'criteria',
    letter: 'c',
    create(desk) {
      const model = createCriteria(desk);
      return () => <CriteriaPage desk={desk} model={model} />;
    },
  },
  {
    id: 'language',
    isForEverybody: true,
    group: 'agree',
    glyph: 'file',
    letter: 'w',
    create(desk) {
      const model = createLanguage(desk);
      return () => <LanguagePage desk={desk} model={model} />;
    },
  },
  {
    id: 'funnel',
    group: 'agree',
    glyph: 'funnel',
    letter: 'f',
    create(desk) {
      const model = createFunnel(desk);
      return () => <FunnelPage desk={desk} model={model} />;
    },
  },
  {
    id: 'people',
    group: 'foot',
    glyph: 'people',
    letter: 'e',
    create(desk) {
      const model = createPeople(desk);
      return () => <PeoplePage desk={desk} model={model} />;
    },
  },
  {
    id: 'sources',
    group: 'foot',
    glyph: 'plug',
    letter: 's',
    create(desk) {
      const model = createSources(desk);
      return () => <SourcesPage desk={desk} model={model} />;
    },
  },
  {
    id: 'settings',
    group: 'foot',
    glyph: 'sliders',
    letter: 'o',
    create(desk) {
      const model = createSettings(desk);
      return () => <SettingsPage desk={desk} model={model} />;
    },
  },
];

/** The page that an address without one means. */
export const firstPage = 'today';
