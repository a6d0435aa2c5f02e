/** What the suites need of the machine beside Node: found, or unpacked from Debian packages below the data folder, without root. */
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { root, run } from '../set-up/steps.mjs';

const FETCH_LIMIT_MS = 5 * 60_000;
const store = path.join(process.env.HUIYING_DATA_DIR ?? path.join(root, '.data'), 'test-tools');

const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function onPath(names) {
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

/** The path of a redis-server, or why there is none: `{ program }` or `{ lack }`. */
export async function findRedis() {
  const program = process.env.TEST_REDIS_SERVER ?? onPath(['redis-server', 'valkey-server']);
  return program === undefined ? fromDebian('redis-server', ['usr/bin/redis-server']) : { program };
}

/** The path of a Chromium, or why there is none. */
export async function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const program = process.env.TEST_CHROMIUM ?? onPath(names);
  if (program !== undefined) return { program };
  return fromDebian('chromium', ['usr/lib/chromium/chromium', 'usr/bin/chromium']);
}

/** Whether Chinese text has a typeface; screenshots of empty boxes prove nothing. `{ data }` is a folder to name as XDG_DATA_HOME. */
export async function findChineseFont() {
  const { code, output } = await run('fc-list', [':lang=zh', 'file'], { quiet: true });
  if (code === 0 && output.trim() !== '') return {};
  const fetched = await fromDebian('fonts-wqy-microhei', ['usr/share/fonts']);
  return fetched.lack === undefined ? { data: path.join(fetched.folder, 'usr/share') } : fetched;
}

/** Unpacks a package and what it needs, of which the machine has not everything, and writes a starter that finds the libraries. */
async function fromDebian(name, wanted) {
  const folder = path.join(store, name);
  if (!existsSync(folder)) {
    const lack = await unpack(name, folder);
    if (lack !== undefined) return { lack: `${name} is not on this machine, and ${lack}` };
  }
  const target = wanted.map((file) => path.join(folder, file)).find((file) => existsSync(file));
  if (target === undefined) return { lack: `the Debian package ${name} holds none of ${wanted.join(', ')}` };
  const starter = path.join(folder, `${name}.sh`);
  const libraries = libraryFolders(folder);
  const fonts = path.join(folder, 'etc/fonts');
  const fontSetting = existsSync(fonts) && !existsSync('/etc/fonts') ? `export FONTCONFIG_PATH='${fonts}'\n` : '';
  writeFileSync(
    starter,
    `#!/bin/sh\nexport LD_LIBRARY_PATH='${libraries.join(':')}'\n${fontSetting}exec '${target}' "$@"\n`,
  );
  chmodSync(starter, 0o755);
  return { program: starter, folder };
}

/** Every folder with libraries in it; some packages keep theirs in one of their own, which the unpacked program can't know. */
function libraryFolders(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return [...new Set(files.filter(({ name }) => /\.so(\.|$)/.test(name)).map(({ parentPath }) => parentPath))];
}

async function unpack(name, folder) {
  if (onPath(['apt-get']) === undefined || onPath(['dpkg-deb']) === undefined)
    return 'this is no Debian to fetch it from';
  const work = `${folder}.new`;
  rmSync(work, { recursive: true, force: true });
  for (const part of ['lists/partial', 'cache/archives/partial', 'root', 'packages'])
    mkdirSync(path.join(work, part), { recursive: true });
  // Lists and cache of our own: those of the system belong to root.
  const options = [
    '-qq',
    '-o',
    `Dir::State::lists=${work}/lists`,
    '-o',
    `Dir::Cache=${work}/cache`,
    '-o',
    'Debug::NoLocking=1',
    '-o',
    'APT::Sandbox::User=',
  ];
  const apt = (...args) =>
    run('apt-get', [...options, ...args], { quiet: true, cwd: path.join(work, 'packages'), timeoutMs: FETCH_LIMIT_MS });
  const last = (output) => output.trim().split('\n').at(-1);
  const update = await apt('update');
  if (update.code !== 0) return `apt-get update fails: ${last(update.output)}`;
  const plan = await apt('--simulate', '--no-install-recommends', 'install', name);
  const needed = [...plan.output.matchAll(/^Inst (\S+)/gm)].map(([, needed]) => needed);
  if (plan.code !== 0) return `apt-get knows no way to install it: ${last(plan.output)}`;
  const download = await apt('download', ...(needed.length > 0 ? needed : [name]));
  if (download.code !== 0) return `apt-get download fails: ${last(download.output)}`;
  for (const file of readdirSync(path.join(work, 'packages'))) {
    const unpacked = await run('dpkg-deb', ['-x', path.join(work, 'packages', file), path.join(work, 'root')], {
      quiet: true,
    });
    if (unpacked.code !== 0) return `dpkg-deb fails: ${last(unpacked.output)}`;
  }
  mkdirSync(store, { recursive: true });
  renameSync(path.join(work, 'root'), folder);
  rmSync(work, { recursive: true, force: true });
  return undefined;
}
