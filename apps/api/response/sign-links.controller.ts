import { Controller } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { hashOfToken, SignLinksService, type SignView } from '#assignment/sign-links.service.js';
import { findSignLink, type SignLink } from '#assignment/sign-links.store.js';
import { Database } from '#platform/database/database.js';
import { AUTHENTICATION_SCOPE, NO_SCOPE, type Scope } from '#platform/database/scope.js';
import { Download } from '../http/reply.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { id, idParams, instant } from '../http/schemas.js';
import { type SignOutcome, signPage } from './sign-page.js';
import type { PageLanguage } from './sign-page-texts.js';

const issueLink = defineRoute({
  method: 'POST',
  path: '/assignments/:id/sign-links',
  summary: 'A link by which a named person of the body signs for the order from a message; shown once, used once',
  permission: 'incident.assign',
  scope: 'case',
  params: idParams,
  body: z.strictObject({ personId: id().optional() }),
  response: z.object({ path: z.string(), expiresAt: instant(), person: z.string(), text: z.string() }),
  status: 201,
  // The answer holds the secret, which is kept nowhere.
  idempotent: false,
});
const token = z.object({ token: z.string().max(200) });
const language = z.object({ lang: z.enum(['zh-CN', 'en']).optional().catch(undefined) });
const openLink = defineRoute({
  method: 'GET',
  path: '/sign/:token',
  root: true,
  summary: 'The page of a link to sign by. Changes nothing: chat programs fetch links before anybody taps them',
  permission: 'public',
  scope: 'none',
  params: token,
  query: language,
  response: z.string(),
  produces: ['text/html'],
  transaction: false,
});
const useLink = defineRoute({
  method: 'POST',
  path: '/sign/:token',
  root: true,
  summary: 'Sign for the order in the name of a person of the body; works once',
  permission: 'public',
  scope: 'none',
  params: token,
  query: language,
  response: z.string(),
  produces: ['text/html'],
  consumes: ['application/x-www-form-urlencoded'],
  bodyLimitBytes: 4_096,
  transaction: false,
  idempotent: false,
});

const NO_LINK: SignView = {
  fault: 'unknown',
  link: undefined,
  order: undefined,
  incident: undefined,
  bodyName: '',
  people: [],
};

/** Sign-for from a message. Without a session: the link itself says who may do what, and nothing else can be reached by it. */
@Controller()
export class SignLinksController {
  constructor(
    private readonly links: SignLinksService,
    private readonly database: Database,
  ) {}

  @Route(issueLink)
  async issue(@Input() { tx, caller, params, body }: RouteInput<typeof issueLink>) {
    const {
      token: secret,
      expiresAt,
      person,
      assignment,
    } = await this.links.issue(tx, {
      assignmentId: params.id,
      actor: caller.actor,
      ...(body.personId === undefined ? {} : { personId: body.personId }),
    });
    const path = `/sign/${secret}`;
    return {
      path,
      expiresAt,
      person: person.name,
      text: `${person.name}：您有一件新的交办（${assignment.number}），请点开链接签收。`,
    };
  }

  @Route(openLink)
  async open(@Input() { params, query, request }: RouteInput<typeof openLink>) {
    const link = await this.find(params.token);
    const view =
      link === undefined ? NO_LINK : await this.database.inScope(bodyScope(link), (tx) => this.links.view(tx, link));
    return answer({ view }, languageOf(request, query.lang));
  }

  @Route(useLink)
  async use(@Input() { params, query, request, rawBody }: RouteInput<typeof useLink>) {
    const name = new URLSearchParams(rawBody.toString('utf8')).get('name') ?? '';
    const link = await this.find(params.token);
    const shown = languageOf(request, query.lang);
    if (link === undefined) return answer({ view: NO_LINK }, shown);
    const done = await this.database.inScope(bodyScope(link), (tx) => this.links.sign(tx, link, name));
    return answer(
      { view: done, signedBy: done.signedBy, unknownPerson: done.fault === null && done.signedBy === null },
      shown,
    );
  }

  private find(secret: string): Promise<SignLink | undefined> {
    if (!/^[\w-]{43}$/.test(secret)) return this.database.inScope(NO_SCOPE, () => Promise.resolve(undefined));
    return this.database.inScope(AUTHENTICATION_SCOPE, (tx) => findSignLink(tx, hashOfToken(secret)));
  }
}

/** What the bearer of a link may see: what its body sees. */
const bodyScope = (link: SignLink): Scope => ({ purpose: 'case', jurisdictions: [], bodies: [link.bodyId] });

function languageOf(request: Request, asked: PageLanguage | undefined): PageLanguage {
  if (asked !== undefined) return asked;
  return /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';
}

/** The page. Its form must send its origin, which the general rule (no referrer at all) would hide from ourselves. */
function answer(outcome: SignOutcome, language: PageLanguage): Download {
  return new Download(
    {
      fileName: 'sign.html',
      contentType: 'text/html; charset=utf-8',
      content: signPage(outcome, language),
      inline: true,
    },
    {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'referrer-policy': 'same-origin',
    },
  );
}
