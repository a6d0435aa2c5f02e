import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ConfigError } from '#kernel/error.js';
import { fullPath, type RouteDefinition, routeOf } from './route.js';

/**
 * Every route of the controllers, in order of path. Throws `ConfigError` for a handler that Nest would route but that
 * declares nothing, for a prefix that declarations would not show, and for two handlers of one address.
 */
export function routesOf(controllers: readonly Type[]): RouteDefinition[] {
  const routes = new Map<string, RouteDefinition>();
  for (const controller of controllers) {
    const prefix: unknown = Reflect.getMetadata(PATH_METADATA, controller);
    if (prefix !== '/' && prefix !== '')
      throw new ConfigError(controller.name, 'the path belongs to each @Route, not to @Controller');
    for (const [name, handler] of handlersOf(controller)) {
      const place = `${controller.name}.${name}`;
      const route = routeOf(handler);
      if (route === undefined)
        throw new ConfigError(place, 'this route is not declared with @Route: nobody would know who may call it');
      if (route.permission === 'public' && route.scope !== 'none')
        throw new ConfigError(place, 'a public route has no scope');
      const key = `${route.method} ${fullPath(route)}`;
      if (routes.has(key)) throw new ConfigError(place, `${key} is declared twice`);
      routes.set(key, route);
    }
  }
  const order = (route: RouteDefinition): string => `${fullPath(route)} ${route.method}`;
  return [...routes.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function handlersOf(controller: Type): [string, object][] {
  const handlers: [string, object][] = [];
  for (
    let type: object | null = controller.prototype as object;
    type !== null && type !== Object.prototype;
    type = Object.getPrototypeOf(type) as object | null
  )
    for (const name of Object.getOwnPropertyNames(type)) {
      const handler: unknown = Object.getOwnPropertyDescriptor(type, name)?.value;
      if (typeof handler !== 'function' || name === 'constructor') continue;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method !== undefined || routeOf(handler) !== undefined) handlers.push([name, handler]);
    }
  return handlers;
}
