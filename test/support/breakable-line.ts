import type { Page } from 'playwright-core';

interface Since {
  seq: number;
  standing: string;
}

/** The live connection of pages of this context, which may be cut and held apart; what the page names when it connects is noted. */
export async function breakableLine(page: Page) {
  const named: (Since | undefined)[] = [];
  const told: Since[] = [];
  const ends: (() => void)[] = [];
  let awaited: () => void = () => undefined;
  let open = Promise.resolve();
  let mend: () => void = () => undefined;
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await open;
    const server = socket.connectToServer();
    ends.push(() => void Promise.all([socket.close(), server.close()]));
    socket.onMessage((message) => {
      const connects = /^40\/live,(.*)$/.exec(String(message));
      if (connects !== null) named.push((JSON.parse(connects[1]!) as { since?: Since }).since);
      server.send(message);
    });
    server.onMessage((message) => {
      const welcomed = /^42\/live,\["welcome",(.*)\]$/.exec(String(message));
      socket.send(message);
      if (welcomed !== null) told.push(JSON.parse(welcomed[1]!) as Since);
      awaited();
    });
  });
  return {
    named,
    cut: () => {
      open = new Promise((resolve) => (mend = resolve));
      for (const end of ends.splice(0)) end();
    },
    mend: () => mend(),
    welcome: async () => {
      while (told.length === 0) await new Promise<void>((resolve) => (awaited = resolve));
      return told[0]!;
    },
  };
}
