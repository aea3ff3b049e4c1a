import { Hono } from 'hono';
import { requireRole } from '../../auth/require-role.ts';
import type { Authenticated, Deps } from '../../deps.ts';
import { createAskRoutes } from './asks.ts';
import { createBandRoutes } from './band.ts';
import { createFunnelRoutes } from './funnel.ts';
import { createHandOverRoutes } from './hand-overs.ts';
import { createHashKeyRoutes } from './hash-key.ts';
import { createInsightRoutes } from './insights.ts';
import { createKeptDigestRoutes } from './kept-digests.ts';
import { createPeopleRoutes } from './people.ts';
import { createPersonRoutes } from './persons.ts';
import { createQualityRoutes } from './quality.ts';
import { createRetentionRoutes } from './retention.ts';
import { createSettingsRoutes } from './settings.ts';
import { createTalkingPointRoutes } from './talking-points.ts';

/** `/v1/desk/…`: what the marketers' pages ask for. Every route refuses a rep. Mounted behind the token check. */
export function createDeskRoutes(deps: Deps): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  routes.use('*', requireRole('marketer', 'admin'));
  routes.route('/', createTalkingPointRoutes(deps));
  routes.route('/', createQualityRoutes(deps));
  routes.route('/', createBandRoutes(deps));
  routes.route('/', createFunnelRoutes(deps));
  routes.route('/', createHandOverRoutes(deps));
  routes.route('/', createInsightRoutes(deps));
  routes.route('/', createKeptDigestRoutes(deps));
  routes.route('/', createAskRoutes(deps));
  routes.route('/', createPeopleRoutes(deps));
  routes.route('/', createSettingsRoutes(deps));
  routes.route('/', createPersonRoutes(deps));
  routes.route('/', createHashKeyRoutes(deps));
  routes.route('/', createRetentionRoutes(deps));
  return routes;
}
