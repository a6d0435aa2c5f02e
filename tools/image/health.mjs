/** Health check of a container: the process answers on its port. */
const url = `http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`;
const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
