import { Hono } from 'hono';
import type { Authenticated } from '../deps.ts';
import { createDocument } from '../openapi/document.ts';
import { operations } from '../openapi/operations/registry.ts';

/** `GET /v1/openapi.json`: this API described for programs. For anybody: it holds nothing of any company. Made when it is first asked for. */
export function createDocumentRoutes(): Hono<Authenticated> {
  const routes = new Hono<Authenticated>();
  let text: string | null = null;
  routes.get('/openapi.json', (context) => {
    text ??= JSON.stringify(createDocument(operations));
    return context.body(text, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' });
  });
  return routes;
}
