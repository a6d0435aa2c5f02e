import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { Download } from './reply.js';
import { defineRoute, Input, Route, type RouteInput } from './route.js';

/** The finished description, made once at start. */
export const OPENAPI = Symbol('huiying.openapi');

const describe = defineRoute({
  method: 'GET',
  path: '/api/openapi.json',
  root: true,
  summary: 'This description',
  permission: 'public',
  scope: 'none',
  transaction: false,
  response: z.record(z.string(), z.unknown()),
});

@Controller()
export class OpenApiController {
  constructor(@Inject(OPENAPI) private readonly text: string) {}

  @Route(describe)
  describe(@Input() _input: RouteInput<typeof describe>) {
    return new Download({
      fileName: 'openapi.json',
      inline: true,
      contentType: 'application/json; charset=utf-8',
      content: this.text,
    });
  }
}
