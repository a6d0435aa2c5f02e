import { describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { defineRoute, Route } from './route.js';
import { routesOf } from './route-list.js';

const declared = defineRoute({
  method: 'GET',
  path: '/things',
  summary: 'Things',
  permission: 'session',
  scope: 'none',
  response: z.object({}),
});

describe('the list of routes', () => {
  it('refuses a route that is not declared: nobody would know who may call it', () => {
    @Controller()
    class Undeclared {
      @Get('/api/v1/things')
      list() {
        return {};
      }
    }
    expect(() => routesOf([Undeclared])).toThrow('Undeclared.list: this route is not declared with @Route');
  });

  it('refuses a prefix that the declarations would not show, and two handlers of one address', () => {
    @Controller('hidden')
    class Prefixed {
      @Route(declared)
      list() {
        return {};
      }
    }
    @Controller()
    class Twice {
      @Route(declared)
      list() {
        return {};
      }
      @Route(declared)
      again() {
        return {};
      }
    }
    expect(() => routesOf([Prefixed])).toThrow('the path belongs to each @Route');
    expect(() => routesOf([Twice])).toThrow('GET /api/v1/things is declared twice');
  });

  it('refuses a public route that would open somebody’s rows', () => {
    @Controller()
    class Open {
      @Route(defineRoute({ ...declared, permission: 'public', scope: 'case' }))
      list() {
        return {};
      }
    }
    expect(() => routesOf([Open])).toThrow('a public route has no scope');
  });
});
