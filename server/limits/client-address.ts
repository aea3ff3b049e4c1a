import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Reads the address at the other end of the connection; undefined when there is none (a call from within). */
export type ReadAddress = (context: Context) => string | undefined;

const readSocketAddress: ReadAddress = (context) => {
  if ((context.env as { incoming?: unknown } | undefined)?.incoming === undefined) return undefined;
  return getConnInfo(context).remote.address;
};

/**
 * Who asks, as an address to count by. `proxies` of one's own stand before the store: so many of the last entries of `X-Forwarded-For` were written by them,
 * and the first of those is believed; with 0 the header is anybody's word and is not read. IPv6 is counted by its /64, which one customer holds whole.
 * Null: a program on this very machine (also not by way of a proxy that nobody told the store of).
 */
export function readAddress(
  context: Context,
  proxies: number,
  readSocket: ReadAddress = readSocketAddress,
): string | null {
  const socket = readSocket(context) ?? 'unknown';
  const isProxied =
    context.req.header('X-Forwarded-For') !== undefined || context.req.header('Forwarded') !== undefined;
  if (proxies === 0) return isLoopback(groupAddress(socket)) && !isProxied ? null : groupAddress(socket);
  const named = (context.req.header('X-Forwarded-For') ?? '').split(',').map((each) => each.trim());
  const believed = named.at(-proxies) ?? '';
  return groupAddress(isIP(believed) === 0 ? socket : believed);
}

function isLoopback(address: string): boolean {
  return address === '0:0:0:0::/64' || address.startsWith('127.');
}

function groupAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const gap = plain.includes('::')
    ? Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
    : [];
  return `${[...before, ...gap, ...after].slice(0, 4).join(':')}::/64`;
}
