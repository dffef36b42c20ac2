import type { Schemas } from '@awe/client';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';

export function retryCommand(context: Context): Command {
  const command = new Command('retry')
    .summary('send webhooks again, one by one')
    .description(
      'Starts the attempts of each delivery from the beginning, the first one at once. Stops at the first that is refused.',
    )
    .argument('<delivery...>', 'the ids of deliveries')
    .action(async (ids: string[]) => {
      await context.out.list(
        retried(ids, context),
        [
          { title: 'DELIVERY', of: ({ id }) => id },
          { title: 'STATUS', of: ({ status }) => status },
          { title: 'EVENT', of: ({ event_type }) => event_type },
          { title: 'RECEIVER', of: ({ receiver }) => receiver },
        ],
        'Nothing was retried.',
      );
    });
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [['delivery retry 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b', 'one of them']],
  });
}

async function* retried(ids: readonly string[], context: Context): AsyncGenerator<Schemas['DeliveryOut']> {
  const { out, signal } = context;
  const awe = await context.client();
  const bar = await out.progress('Retrying', ids.length);
  try {
    for (const delivery_id of ids) {
      yield await awe.retryDelivery({ path: { delivery_id }, signal });
      bar.advance(1);
    }
  } finally {
    bar.done();
  }
}
