/** A Redis for one run of the tests: loopback, a free port, nothing kept. */
import { spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const ATTEMPTS = 200;
const POLL_MS = 50;

/** Starts it and waits until it answers: `{ url, stop }`. */
export async function startPrivateRedis({ program, folder }) {
  const port = await freePort();
  const settings = {
    bind: '127.0.0.1',
    port,
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    hz: 100,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let ended = false;
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-2_000)));
  const gone = new Promise((resolve) => {
    server.once('error', (error) => resolve((output += error.message)));
    server.once('exit', resolve);
  }).then(() => (ended = true));
  for (let attempt = 0; attempt < ATTEMPTS && !ended; attempt += 1) {
    if (await pings(port)) return { url: `redis://127.0.0.1:${port}`, stop: () => (server.kill('SIGTERM'), gone) };
    await wait(POLL_MS);
  }
  server.kill('SIGKILL');
  throw new Error(`${program} does not start: ${output.trim().split('\n').at(-1)}`);
}

function pings(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(false));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
