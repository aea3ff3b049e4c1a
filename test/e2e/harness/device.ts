import type { Bundle } from '#contract/bundle.ts';
import { snapshotLineSchema } from '#contract/feed.ts';
import { type PushAnswer, type PushedMutation, pushAnswerSchema } from '#contract/mutation.ts';
import { inviteAcceptAnswerSchema, type Session } from '#contract/session.ts';

/** A device without a browser: what the extension's background says to the store, said plainly. */
export interface Device {
  session: Session;
  token: string;
  /** A request with this device's token. Answers whatever the store says. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Rejects when the store does not acknowledge. */
  push(mutations: PushedMutation[]): Promise<PushAnswer>;
  /** Every bundle of the workspace. */
  readBundles(): Promise<Bundle[]>;
}

/** Takes an invite as the extension does, on a browser that calls itself `device`. Rejects with the store's words when it is refused. */
export async function joinStore(inviteLink: string, name: string, device = 'Harness'): Promise<Device> {
  const link = new URL(inviteLink);
  const body = { secret: link.hash.slice(1), name, device };
  const answer = await fetch(new URL('/v1/invites/accept', link.origin), asPost(body));
  if (!answer.ok) throw new Error(`The store refused the invite of ${name}: ${answer.status} ${await answer.text()}`);
  const { token, session } = inviteAcceptAnswerSchema.parse(await answer.json());
  const authorization = `Bearer ${token}`;
  const call = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, link.origin), { ...init, headers: { ...init.headers, authorization } });
  const must = async (path: string, init?: RequestInit) => {
    const response = await call(path, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    session,
    token,
    call,
    async push(mutations) {
      const response = await must('/v1/push', asPost({ mutations }));
      return pushAnswerSchema.parse(await response.json());
    },
    async readBundles() {
      const lines = (await (await must('/v1/snapshot')).text()).trim().split('\n');
      return lines.flatMap((line) => {
        const parsed = snapshotLineSchema.parse(JSON.parse(line));
        return parsed.line === 'bundles' ? parsed.bundles : [];
      });
    },
  };
}

/** A JSON body as a POST. */
export function asPost(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
