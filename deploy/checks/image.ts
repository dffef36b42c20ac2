import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { buildContext, copyInto } from './build-context.ts';
import { dockerfileStages, type Stage, variables } from './dockerfile.ts';
import { ROOT } from './root.ts';

/** The image's working directory as it was laid out on this machine, and the environment that the image sets. */
export type LaidOut = { app: string; env: Record<string, string>; stage: Stage };

export type LayOut = {
  /** A folder for the stages, empty. */
  scratch: string;
  buildArgs: Record<string, string>;
  /** What is done in a stage's working directory in the place of its RUN instructions, by its name. */
  instead: Record<string, (directory: string) => Promise<void>>;
};

/**
 * Does what the Dockerfile says, without a container: each stage in a folder of its own, COPY with what .dockerignore lets
 * through, RUN in its working directory by the Node that runs here.
 */
export async function layOut({ scratch, buildArgs, instead }: LayOut): Promise<LaidOut> {
  const stages = dockerfileStages();
  const isVisible = buildContext();
  const laidOut = new Map<string, LaidOut>();
  let last: LaidOut | undefined;
  for (const stage of stages) {
    const parent = laidOut.get(stage.base);
    const instructions = [...(parent?.stage.instructions ?? []), ...stage.instructions];
    const workdir = instructions.findLast(({ word }) => word === 'WORKDIR')?.args[0] ?? '/';
    const root = join(scratch, stage.name || 'image');
    const app = join(root, workdir);
    await mkdir(app, { recursive: true });
    if (parent) await cp(parent.app, app, { recursive: true, verbatimSymlinks: true });
    const env = variables(instructions, buildArgs);
    const replaced = instead[stage.name];
    for (const { word, flags, args, text } of stage.instructions) {
      if (word === 'COPY') {
        const [target = '', ...sources] = args.toReversed();
        const { from } = flags;
        const place =
          from === undefined
            ? { from: ROOT, to: app, isVisible }
            : { from: join(scratch, from), to: app, mayMove: true };
        await copyInto(place, sources, target);
      }
      if (word === 'RUN' && !replaced) await runShell(text, app, env);
    }
    await replaced?.(app);
    last = { app, env, stage: { ...stage, instructions } };
    laidOut.set(stage.name, last);
  }
  if (!last) throw new Error('deploy/Dockerfile has no stage');
  return last;
}

async function runShell(command: string, cwd: string, env: Record<string, string>): Promise<void> {
  const child = spawn('sh', ['-c', command], {
    cwd,
    env: {
      ...process.env,
      ...env,
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      // What was fetched before is not asked for again.
      npm_config_prefer_offline: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit'), text(child.stdout)]);
  if (code !== 0) throw new Error(`RUN ${command}: exit code ${code}\n${said}`);
}
