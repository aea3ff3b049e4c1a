import { createMiddleware } from 'hono/factory';
import type { Role } from '#contract/session.ts';
import type { Authenticated } from '../deps.ts';
import { ProblemError } from '../problem.ts';

const names: Record<Role, string> = { rep: 'reps', marketer: 'marketers', admin: 'admins' };

/** Lets only these roles pass. Throws a `ProblemError` 403 that says who may. */
export function requireRole(...roles: [Role, ...Role[]]) {
  return createMiddleware<Authenticated>(async (context, next) => {
    const { role } = context.get('caller');
    if (!roles.includes(role)) {
      const allowed = roles.map((each) => names[each]).join(' and ');
      throw new ProblemError(
        403,
        'role',
        `This is for ${allowed} only; you are signed in as a ${role}. Ask an admin if you need it.`,
      );
    }
    await next();
  });
}
