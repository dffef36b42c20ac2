import { buildApp } from './app.ts';
import { openApprovals } from './approvals.ts';
import { developmentTokens } from './identity/tokens.ts';
import { openRegister } from './register/open.ts';
import { settingsFrom } from './settings.ts';
import { openWebhook } from './webhook.ts';

async function main(): Promise<void> {
  const settings = settingsFrom(process.env);
  const say = (line: string) => console.log(line);
  const register = openRegister(settings.directory);
  const approvals = openApprovals({ register, tokens: developmentTokens, aweUrl: settings.aweUrl, say });
  const webhook = openWebhook({ register, approvals, secret: settings.callbackSecret.value, say });
  const app = buildApp({ register, approvals, webhook, settings });

  // People choose who they are, so that nobody but those at this machine may reach it.
  await app.listen({ host: '127.0.0.1', port: settings.port });
  say(`The register is at ${settings.url ?? app.listeningOrigin}`);

  let timer: NodeJS.Timeout | null = null;
  const goOn = async () => {
    await approvals.catchUp();
    timer = setTimeout(goOn, settings.catchUpSeconds * 1000);
  };
  void goOn();

  const stop = async () => {
    if (timer) clearTimeout(timer);
    await app.close();
    register.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(`register: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
