import process from 'node:process';

/** Whether the service in this container is ready: exit code 0, or 1 with what it answered instead. */
const port = process.env.AWE__SERVER__PORT ?? '8000';
try {
  const { status } = await fetch(`http://127.0.0.1:${port}/v1/awe/health`, {
    signal: AbortSignal.timeout(4_000),
  });
  if (status !== 200) throw new Error(`health answers ${status}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
